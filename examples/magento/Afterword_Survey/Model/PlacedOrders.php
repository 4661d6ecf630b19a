<?php

declare(strict_types=1);

namespace Afterword\Survey\Model;

/** The orders that the page being made confirms: one, or, with several addresses, one for each. */
class PlacedOrders
{
    /** @var int[] */
    private array $ids = [];

    /** @param array<int|string> $ids Entity ids, not the numbers that the shopper sees. */
    public function remember(array $ids): void
    {
        $this->ids = array_values(array_filter(array_map('intval', $ids)));
    }

    /** The first order: a checkout is one purchase, and is asked about once. Null on any other page. */
    public function first(): ?int
    {
        return $this->ids[0] ?? null;
    }
}
