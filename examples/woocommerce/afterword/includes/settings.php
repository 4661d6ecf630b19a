<?php
/**
 * What the shop has set, in one option.
 */

namespace Afterword;

defined('ABSPATH') || exit;

/** The option's name, and that of the Settings API's group and page. */
const OPTION = 'afterword_settings';
const PAGE = 'afterword';

/** Every setting by its name, as it is before anything was saved. */
const DEFAULTS = array(
    'address'   => '',
    'kid'       => '',
    'secret'    => '',
    'buyer'     => 'number',
    'survey'    => '',
    'placement' => '',
    'locale'    => '',
    'consent'   => '',
);

/** What of the buyer goes along, and the categories of the WP Consent API. */
const BUYERS = array('none', 'number', 'email');
const CONSENTS = array('', 'functional', 'preferences', 'statistics', 'statistics-anonymous', 'marketing');

/** Loads what makes the tag: late, so that a shop that has the same functions in its theme keeps its own. */
function load_tag(): void
{
    if (!function_exists('afterword_tag')) {
        require dirname(FILE) . '/afterword-tag.php';
    }
}

/**
 * All settings. A secret in wp-config.php, as AFTERWORD_SECRET, goes before the saved one.
 *
 * @return array<string, string>
 */
function settings(): array
{
    $saved = get_option(OPTION, array());
    $settings = array_map('strval', array_filter(is_array($saved) ? $saved : array(), 'is_scalar')) + DEFAULTS;
    if (defined('AFTERWORD_SECRET')) {
        $settings['secret'] = (string) AFTERWORD_SECRET;
    }

    return $settings;
}

/**
 * What of a submitted form is saved. A value that cannot be right is told to the shop, and the one before it stays. An empty secret is
 * the one that is there: the form never shows it.
 *
 * @param mixed $submitted
 *
 * @return array<string, string>
 */
function sanitize_settings($submitted): array
{
    load_tag();
    $submitted = array_map('strval', array_filter(is_array($submitted) ? $submitted : array(), 'is_scalar')) + DEFAULTS;
    $saved = get_option(OPTION, array());
    $saved = (is_array($saved) ? $saved : array()) + DEFAULTS;
    $kept = array();
    foreach (DEFAULTS as $name => $unset) {
        $kept[$name] = checked_setting($name, trim($submitted[$name]));
        if ($kept[$name] === null) {
            $kept[$name] = $saved[$name];
            add_settings_error(OPTION, $name, wrong($name));
        }
    }
    if ($kept['secret'] === '' && empty($submitted['forget_secret'])) {
        $kept['secret'] = $saved['secret'];
    }

    return $kept;
}

/** A setting as it is saved, or null where it cannot be right. */
function checked_setting(string $name, string $said): ?string
{
    if ($name === 'address') {
        $address = afterword_address($said);

        return $said === '' || $address !== '' ? $address : null;
    }
    $right = array(
        'kid'       => $said === '' || preg_match(AFTERWORD_KID_FORM, $said),
        'secret'    => $said === '' || preg_match(AFTERWORD_SECRET_FORM, $said),
        'buyer'     => in_array($said, BUYERS, true),
        'survey'    => preg_match('/^(?:[a-z][a-z0-9-]{0,31})?$/D', $said),
        'placement' => in_array($said, array('', 'inline', 'corner'), true),
        'locale'    => preg_match('/^(?:[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?$/D', $said),
        'consent'   => in_array($said, CONSENTS, true),
    );

    return $right[$name] ? $said : null;
}

/** What is wrong with a setting, to who has typed it. */
function wrong(string $name): string
{
    $said = array(
        'address' => __('The address must be the one in your tag: https://…/w/aw_pub_….js', 'afterword'),
        'kid'     => __('The name of a signing secret has 1 to 8 small letters and digits.', 'afterword'),
        'secret'  => __('A signing secret begins with aw_tx_ and has 38 letters and digits behind it.', 'afterword'),
        'survey'  => __('A survey is named by small letters, digits and hyphens.', 'afterword'),
        'locale'  => __('A language is written like en, he or pt-BR.', 'afterword'),
    );

    return $said[$name] ?? __('That is none of the choices.', 'afterword');
}
