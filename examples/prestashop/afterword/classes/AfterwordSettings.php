<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

/** What the shop has set, in PrestaShop's configuration. */
class AfterwordSettings
{
    /** Every setting by its name, as it is before anything was saved. */
    public const DEFAULTS = [
        'address' => '',
        'survey' => '',
        'placement' => '',
        'locale' => '',
        'consent' => '0',
        'kid' => '',
        'secret' => '',
        'buyer' => 'number',
    ];

    /** A setting's name in the configuration and in the form. */
    public static function key(string $name): string
    {
        return 'AFTERWORD_' . strtoupper($name);
    }

    /** @return array<string, string> */
    public static function all(): array
    {
        $settings = [];
        foreach (self::DEFAULTS as $name => $unset) {
            $saved = Configuration::get(self::key($name));
            $settings[$name] = $saved === false || $saved === null ? $unset : (string) $saved;
        }

        return $settings;
    }

    /**
     * Saves what of the submitted form can be right, and gives the names of what cannot: those stay as they are. An empty secret is the one
     * that is there, for the form never shows it.
     *
     * @return string[]
     */
    public static function saveSubmitted(): array
    {
        $wrong = [];
        foreach (array_keys(self::DEFAULTS) as $name) {
            $value = self::checked($name, trim((string) Tools::getValue(self::key($name))));
            if ($value === null) {
                $wrong[] = $name;
            } elseif ($name !== 'secret' || $value !== '' || Tools::getValue('AFTERWORD_FORGET')) {
                Configuration::updateValue(self::key($name), $value);
            }
        }

        return $wrong;
    }

    public static function forget(): bool
    {
        foreach (array_keys(self::DEFAULTS) as $name) {
            Configuration::deleteByName(self::key($name));
        }

        return true;
    }

    /** A setting as it is saved, or null where it cannot be right. */
    private static function checked(string $name, string $said): ?string
    {
        if ($name === 'address') {
            $address = afterword_address($said);

            return $said === '' || $address !== '' ? $address : null;
        }
        $right = [
            'survey' => preg_match('/^(?:[a-z][a-z0-9-]{0,31})?$/D', $said) === 1,
            'placement' => in_array($said, ['', 'inline', 'corner'], true),
            'locale' => preg_match('/^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?$/D', $said) === 1,
            'consent' => in_array($said, ['0', '1'], true),
            'kid' => $said === '' || preg_match(AFTERWORD_KID_FORM, $said) === 1,
            'secret' => $said === '' || preg_match(AFTERWORD_SECRET_FORM, $said) === 1,
            'buyer' => in_array($said, ['number', 'email', 'none'], true),
        ];

        return $right[$name] ? $said : null;
    }
}
