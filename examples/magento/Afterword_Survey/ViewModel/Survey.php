<?php

declare(strict_types=1);

namespace Afterword\Survey\ViewModel;

use Afterword\Survey\Model\Tag;
use Magento\Framework\View\Element\Block\ArgumentInterface;

/** What the template shows. */
class Survey implements ArgumentInterface
{
    public function __construct(private readonly Tag $tag)
    {
    }

    /** @return array<string, string> The tag's attributes, not yet escaped; empty where nothing is asked. */
    public function getTag(): array
    {
        return $this->tag->attributes();
    }
}
