<?php

/**
 * The transaction token of one order, for `data-token` on the Afterword tag. PHP 7.1 or newer.
 *
 * On the order confirmation, here WooCommerce's. The secret stands in wp-config.php, never in a template:
 *
 *     add_action('woocommerce_thankyou', function ($id) {
 *         $order = wc_get_order($id);
 *         $number = $order->get_order_number();
 *         $buyer = (string) ($order->get_customer_id() ?: '');
 *         $created = $order->get_date_created()->getTimestamp();
 *         $token = afterword_token('aw_pub_…', 'kid', AFTERWORD_SECRET, $number, $buyer, $created);
 *         printf(
 *             '<script async src="https://feedback.example/w/aw_pub_….js" data-transaction="%s" data-token="%s"></script>',
 *             htmlspecialchars($number, ENT_QUOTES, 'UTF-8'),
 *             htmlspecialchars($token, ENT_QUOTES, 'UTF-8')
 *         );
 *     });
 *
 * @param string      $site        the site's public key, aw_pub_…
 * @param string      $kid         the name of the signing secret
 * @param string      $secret      the signing secret, aw_tx_…
 * @param string      $transaction the order's number, 1 to 64 bytes of UTF-8
 * @param string|null $customer    the buyer in your books, up to 64 bytes of UTF-8, or null
 * @param int         $created     when the order was made, in Unix seconds
 */
function afterword_token(string $site, string $kid, string $secret, string $transaction, ?string $customer, int $created): string
{
    $base64url = function (string $text): string {
        return rtrim(strtr(base64_encode($text), '+/', '-_'), '=');
    };
    $message = implode('.', ['awtx1', $site, $kid, $created, $base64url($transaction), $base64url($customer ?? '')]);

    return $message . '.' . hash_hmac('sha256', $message, $secret);
}
