<?php
/**
 * Plugin Name:          Afterword
 * Description:          Asks one question on the order confirmation, and signs the order it is asked about.
 * Version:              1.0.0
 * Requires at least:    5.7
 * Requires PHP:         7.4
 * Requires Plugins:     woocommerce
 * WC requires at least: 7.1
 * License:              MIT
 * Text Domain:          afterword
 * Domain Path:          /languages
 */

namespace Afterword;

defined('ABSPATH') || exit;

const FILE = __FILE__;
const VERSION = '1.0.0';

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/thank-you.php';
require __DIR__ . '/includes/consent.php';
require __DIR__ . '/includes/compatibility.php';
if (is_admin()) {
    require __DIR__ . '/includes/settings-page.php';
}
