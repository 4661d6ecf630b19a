<?php
/**
 * What WordPress and WooCommerce want to know of a plugin.
 */

namespace Afterword;

use Automattic\WooCommerce\Utilities\FeaturesUtil;

defined('ABSPATH') || exit;

add_action('before_woocommerce_init', __NAMESPACE__ . '\declare_features');
add_action('init', __NAMESPACE__ . '\load_words');

/** Orders are read by WooCommerce's own functions, from whichever tables; and the tag stands behind either checkout. */
function declare_features(): void
{
    if (class_exists(FeaturesUtil::class)) {
        FeaturesUtil::declare_compatibility('custom_order_tables', FILE, true);
        FeaturesUtil::declare_compatibility('cart_checkout_blocks', FILE, true);
    }
}

/** The translations of the settings page. The question brings its own. */
function load_words(): void
{
    load_plugin_textdomain('afterword', false, dirname(plugin_basename(FILE)) . '/languages');
}
