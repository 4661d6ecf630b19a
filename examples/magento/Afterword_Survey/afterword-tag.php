<?php

/**
 * What the Afterword tag says of one order: the attributes by their names, as plain text that the caller still has to escape. Empty where
 * nothing is to be asked: without a usable address, or for an order without a usable number. Never throws: a confirmation must not fail
 * over a survey. PHP 7.1 or newer; `afterword-token.php` lies beside it.
 *
 * Of the settings only `address` is needed; a value that cannot be right is left out, as if it were not set:
 *
 *     address     the widget's: https://feedback.example/w/aw_pub_….js
 *     kid         the name of the signing secret
 *     secret      the signing secret, aw_tx_…; without it the order goes unsigned
 *     survey      another than the site's own
 *     placement   inline or corner
 *     locale      BCP 47; otherwise the page's language
 *     consent     pending: ask only once the page has said afterword("consent", "granted")
 *
 * @param array<string, string> $settings
 * @param string                $number   the order's number
 * @param string                $buyer    the buyer in the shop's books, or '' for nobody
 * @param int|null              $created  when the order was made, in Unix seconds; unknown, it goes unsigned
 * @param array<string, string> $segments values by the names of segments that the site may have declared
 *
 * @return array<string, string>
 */
function afterword_tag(array $settings, string $number, string $buyer, ?int $created, array $segments = []): array
{
    $setting = function (string $name, string $form) use ($settings): string {
        $said = trim((string) ($settings[$name] ?? ''));

        return preg_match($form, $said) === 1 ? $said : '';
    };
    $address = afterword_address((string) ($settings['address'] ?? ''));
    $number = afterword_reference($number);
    if ($address === '' || $number === '') {
        return [];
    }
    $buyer = afterword_reference($buyer);
    $kid = $setting('kid', AFTERWORD_KID_FORM);
    $secret = $setting('secret', AFTERWORD_SECRET_FORM);
    preg_match('/aw_pub_\w{22}/', $address, $key);

    $tag = ['src' => $address, 'data-transaction' => $number];
    if ($kid !== '' && $secret !== '' && $created !== null) {
        $tag['data-token'] = afterword_token($key[0], $kid, $secret, $number, $buyer, $created);
    } else {
        $tag['data-customer'] = $buyer;
    }
    $tag['data-survey'] = $setting('survey', '/^[a-z][a-z0-9-]{0,31}$/D');
    $tag['data-placement'] = $setting('placement', '/^(?:inline|corner)$/D');
    $tag['data-locale'] = $setting('locale', '/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/D');
    $tag['data-consent'] = $setting('consent', '/^pending$/D');
    foreach ($segments as $name => $value) {
        $tag["data-segment-$name"] = afterword_reference($value);
    }

    return array_filter($tag, function (string $said): bool {
        return $said !== '';
    });
}

/** How a secret's name and a secret are written. */
const AFTERWORD_KID_FORM = '/^[0-9a-z]{1,8}$/D';
const AFTERWORD_SECRET_FORM = '/^aw_tx_[0-9A-Za-z]{38}$/D';

/**
 * The widget's address, out of what was pasted: the address itself, or the whole tag with it. Empty where there is none. It begins with
 * https, or on the machine itself, to try things out, with http.
 */
function afterword_address(string $pasted): string
{
    $pasted = trim($pasted);
    if (preg_match('/<script\b[^>]*\ssrc=(["\']?)([^"\'\s>]+)\1/i', $pasted, $tag) === 1) {
        $pasted = $tag[2];
    }
    $host = '(?:https://[A-Za-z0-9.-]+|http://(?:localhost|127\.0\.0\.1))(?::\d{1,5})?';
    $file = '/w/aw_pub_[0-9A-Za-z]{22}(?:\.lazy)?\.js(?:\?lang=[A-Za-z0-9-]{2,12})?';

    return preg_match("~^$host$file$~D", $pasted) === 1 ? $pasted : '';
}

/** A number or a name as the collector takes it, 1 to 64 bytes of UTF-8 without control characters; '' where it is not that. */
function afterword_reference(string $text): string
{
    $text = trim($text);

    return strlen($text) <= 64 && preg_match('/^\P{Cc}+$/uD', $text) === 1 ? $text : '';
}

if (!function_exists('afterword_token')) {
    require __DIR__ . '/afterword-token.php';
}
