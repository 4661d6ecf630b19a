<?php

declare(strict_types=1);

namespace Afterword\Survey\Observer;

use Afterword\Survey\Model\PlacedOrders;
use Magento\Framework\Event\Observer;
use Magento\Framework\Event\ObserverInterface;

/** Hears from either checkout which orders its confirmation is about, before the page is drawn. */
class RememberOrders implements ObserverInterface
{
    public function __construct(private readonly PlacedOrders $placedOrders)
    {
    }

    public function execute(Observer $observer): void
    {
        $ids = $observer->getEvent()->getData('order_ids');
        $this->placedOrders->remember(is_array($ids) ? $ids : []);
    }
}
