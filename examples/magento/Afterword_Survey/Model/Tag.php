<?php

declare(strict_types=1);

namespace Afterword\Survey\Model;

use Magento\Framework\Exception\NoSuchEntityException;
use Magento\Sales\Api\Data\OrderInterface;
use Magento\Sales\Api\OrderRepositoryInterface;
use Magento\Sales\Model\Order;

if (!function_exists('afterword_tag')) {
    require dirname(__DIR__) . '/afterword-tag.php';
}

/** The tag of the order that the page confirms. */
class Tag
{
    public function __construct(
        private readonly PlacedOrders $placedOrders,
        private readonly OrderRepositoryInterface $orders,
        private readonly Settings $settings
    ) {
    }

    /**
     * Its attributes by their names, not yet escaped; empty where nothing is asked.
     *
     * @return array<string, string>
     */
    public function attributes(): array
    {
        $order = $this->order();
        if (!$order || $order->getState() === Order::STATE_CANCELED) {
            return [];
        }
        $settings = $this->settings->of((int) $order->getStoreId());
        // Magento keeps its times in UTC, without saying so.
        $created = strtotime($order->getCreatedAt() . ' UTC');

        return afterword_tag(
            $settings,
            (string) $order->getIncrementId(),
            $this->buyer($order, $settings['buyer']),
            $order->getCreatedAt() && $created !== false ? $created : null,
            [
                'country' => (string) $order->getBillingAddress()?->getCountryId(),
                'currency' => (string) $order->getOrderCurrencyCode(),
                'payment' => (string) $order->getPayment()?->getMethod(),
            ]
        );
    }

    private function order(): ?OrderInterface
    {
        $id = $this->placedOrders->first();
        try {
            return $id === null ? null : $this->orders->get($id);
        } catch (NoSuchEntityException) {
            return null;
        }
    }

    /** The buyer as the shop wants them named: by their account's number, by their e-mail address, or not at all. */
    private function buyer(OrderInterface $order, string $by): string
    {
        return match ($by) {
            'number' => (string) ($order->getCustomerId() ?: ''),
            'email' => (string) $order->getCustomerEmail(),
            default => '',
        };
    }
}
