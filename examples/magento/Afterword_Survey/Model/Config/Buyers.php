<?php

declare(strict_types=1);

namespace Afterword\Survey\Model\Config;

use Magento\Framework\Data\OptionSourceInterface;

/** What of the buyer goes along. */
class Buyers implements OptionSourceInterface
{
    /** @inheritDoc */
    public function toOptionArray(): array
    {
        $choices = ['number' => __('Number of their account'), 'email' => __('E-mail address'), 'none' => __('Not named')];

        return array_map(fn ($value, $label) => compact('value', 'label'), array_keys($choices), $choices);
    }
}
