<?php

declare(strict_types=1);

namespace Afterword\Survey\Model\Config;

use Magento\Framework\Data\OptionSourceInterface;

/** Where the question stands. */
class Placements implements OptionSourceInterface
{
    /** @inheritDoc */
    public function toOptionArray(): array
    {
        $choices = ['' => __('As the survey says'), 'inline' => __('In the page'), 'corner' => __('In the corner')];

        return array_map(fn ($value, $label) => compact('value', 'label'), array_keys($choices), $choices);
    }
}
