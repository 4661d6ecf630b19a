<?php

declare(strict_types=1);

namespace Afterword\Survey\Model\Config;

use Magento\Framework\App\Config\Value;
use Magento\Framework\Exception\LocalizedException;

/** The name of a signing secret. */
class Kid extends Value
{
    /** @throws LocalizedException where it cannot be one */
    public function beforeSave()
    {
        $said = trim((string) $this->getValue());
        if (preg_match('/^[0-9a-z]{0,8}$/D', $said) !== 1) {
            throw new LocalizedException(__('The name of a signing secret has 1 to 8 small letters and digits.'));
        }
        $this->setValue($said);

        return parent::beforeSave();
    }
}
