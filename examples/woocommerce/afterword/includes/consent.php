<?php
/**
 * The WP Consent API: the question waits until the shopper has agreed to the category the shop has chosen.
 */

namespace Afterword;

defined('ABSPATH') || exit;

/** Tells the WP Consent API that this plugin asks it. */
add_filter('wp_consent_api_registered_' . plugin_basename(FILE), '__return_true');

/**
 * Sees to it that the shopper's consent is passed on. The script is brought at the end of the page: a template of blocks is rendered
 * before the API has registered its own.
 */
function wait_for_consent(): void
{
    if (settings()['consent'] !== '') {
        add_action('wp_footer', __NAMESPACE__ . '\pass_consent_on', 1);
    }
}

/** Brings the script that passes the shopper's consent on. It comes behind the API's own, where that is there. */
function pass_consent_on(): void
{
    $before = wp_script_is('wp-consent-api', 'registered') ? array('wp-consent-api') : array();
    wp_enqueue_script('afterword-consent', plugins_url('consent.js', FILE), $before, VERSION, true);
    wp_add_inline_script('afterword-consent', 'var afterwordConsent = ' . wp_json_encode(settings()['consent']) . ';', 'before');
}
