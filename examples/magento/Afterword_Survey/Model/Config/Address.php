<?php

declare(strict_types=1);

namespace Afterword\Survey\Model\Config;

use Magento\Framework\App\Config\Value;
use Magento\Framework\Exception\LocalizedException;

if (!function_exists('afterword_tag')) {
    require dirname(__DIR__, 2) . '/afterword-tag.php';
}

/** The widget's address: what is saved is the address alone, also of a whole tag that was pasted. */
class Address extends Value
{
    /** @throws LocalizedException where there is no address in what was entered */
    public function beforeSave()
    {
        $said = trim((string) $this->getValue());
        $address = afterword_address($said);
        if ($said !== '' && $address === '') {
            throw new LocalizedException(__('The address must be the one in your tag: https://…/w/aw_pub_….js'));
        }
        $this->setValue($address);

        return parent::beforeSave();
    }
}
