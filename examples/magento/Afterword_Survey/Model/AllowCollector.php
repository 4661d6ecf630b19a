<?php

declare(strict_types=1);

namespace Afterword\Survey\Model;

use Magento\Csp\Api\PolicyCollectorInterface;
use Magento\Csp\Model\Policy\FetchPolicy;

/**
 * Lets the page load the widget from the collector and send answers to it, on the confirmation that asks and nowhere else. The host is a
 * setting, so no csp_whitelist.xml can name it.
 */
class AllowCollector implements PolicyCollectorInterface
{
    public function __construct(private readonly Tag $tag)
    {
    }

    /** @inheritDoc */
    public function collect(array $defaultPolicies = []): array
    {
        $address = $this->tag->attributes()['src'] ?? null;
        if ($address === null) {
            return $defaultPolicies;
        }
        [$origin] = explode('/w/', $address);

        return [...$defaultPolicies, new FetchPolicy('script-src', false, [$origin]), new FetchPolicy('connect-src', false, [$origin])];
    }
}
