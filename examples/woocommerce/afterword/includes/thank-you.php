<?php
/**
 * The tag on the order confirmation.
 */

namespace Afterword;

use WC_Order;

defined('ABSPATH') || exit;

/**
 * Leave the tag alone: what is put off until the first click, put together with others or served from elsewhere asks too late or of the
 * wrong order. By Cloudflare's Rocket Loader (which wants its own before `src`), LiteSpeed Cache, Autoptimize, WP Rocket, Jetpack Boost.
 */
const UNTOUCHED = array(
    'data-cfasync'       => 'false',
    'data-no-optimize'   => '1',
    'data-no-defer'      => '1',
    'data-noptimize'     => '1',
    'data-no-minify'     => '1',
    'nowprocket'         => true,
    'data-jetpack-boost' => 'ignore',
);

add_action('woocommerce_thankyou', __NAMESPACE__ . '\print_tag');

/**
 * Prints the tag of an order. WooCommerce also thanks for orders whose payment has failed, and again on every reload; other plugins draw
 * a page twice and throw one away. The first are not asked about; all others say the same each time, and nobody is asked twice.
 *
 * @param mixed $order_id
 */
function print_tag($order_id): void
{
    $order = wc_get_order($order_id);
    if (!$order instanceof WC_Order || $order->has_status(array('failed', 'cancelled'))) {
        return;
    }
    load_tag();
    $settings = settings();
    $created = $order->get_date_created();
    $tag = afterword_tag(
        array('consent' => $settings['consent'] === '' ? '' : 'pending') + $settings,
        (string) $order->get_order_number(),
        buyer($order, $settings['buyer']),
        $created ? $created->getTimestamp() : null,
        array(
            'country'  => (string) $order->get_billing_country(),
            'currency' => (string) $order->get_currency(),
            'payment'  => (string) $order->get_payment_method(),
        )
    );
    if (!$tag) {
        return;
    }
    wait_for_consent();
    $tag['src'] = esc_url($tag['src']);
    // The attributes go through esc_attr there.
    wp_print_script_tag(array('async' => true) + UNTOUCHED + $tag);
}

/** The buyer as the shop wants them named: by their account's number, by their e-mail address, or not at all. */
function buyer(WC_Order $order, string $by): string
{
    $buyers = array(
        'number' => (string) ($order->get_customer_id() ?: ''),
        'email'  => (string) $order->get_billing_email(),
    );

    return $buyers[$by] ?? '';
}
