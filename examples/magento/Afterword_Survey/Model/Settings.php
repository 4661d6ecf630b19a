<?php

declare(strict_types=1);

namespace Afterword\Survey\Model;

use Magento\Framework\App\Config\ScopeConfigInterface;
use Magento\Store\Model\ScopeInterface;

/** What is set under Stores, Configuration, Sales, Afterword, for a store. */
class Settings
{
    public function __construct(private readonly ScopeConfigInterface $config)
    {
    }

    /**
     * The settings of a store, as afterword_tag takes them.
     *
     * @return array<string, string>
     */
    public function of(?int $storeId = null): array
    {
        $get = fn (string $path): string => trim((string) $this->config->getValue("afterword/$path", ScopeInterface::SCOPE_STORE, $storeId));

        return [
            'address' => $get('question/address'),
            'survey' => $get('question/survey'),
            'placement' => $get('question/placement'),
            'locale' => $get('question/locale'),
            'consent' => $get('question/consent') === '1' ? 'pending' : '',
            'kid' => $get('signing/kid'),
            'secret' => $get('signing/secret'),
            'buyer' => $get('signing/buyer'),
        ];
    }
}
