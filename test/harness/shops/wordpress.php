<?php

/**
 * What of WordPress and WooCommerce a plugin for the order confirmation meets: hooks, options in a file, escaping, the printing of scripts,
 * the Settings API with its nonce, and orders. Each does what WordPress's own says it does, and no more; what is not here fails.
 */

namespace {
    define('ABSPATH', '/wordpress/');
    $hooks = array();
    $scripts = array();
    $settings_registered = array();
    $sections = array();
    $fields = array();
    $errors = array();
    $pages = array();

    function add_filter($hook, $do, $priority = 10, $arguments = 1) { $GLOBALS['hooks'][$hook][$priority][] = $do; return true; }
    function add_action($hook, $do, $priority = 10, $arguments = 1) { return add_filter($hook, $do, $priority, $arguments); }
    function apply_filters($hook, $value) {
        $by_priority = $GLOBALS['hooks'][$hook] ?? array();
        ksort($by_priority);
        foreach (array_merge(array(), ...$by_priority) as $do) { $value = $do($value); }
        return $value;
    }
    function do_action($hook, $argument = '') {
        $by_priority = $GLOBALS['hooks'][$hook] ?? array();
        ksort($by_priority);
        foreach (array_merge(array(), ...$by_priority) as $do) { $do($argument); }
    }
    function __return_true() { return true; }
    function __return_null() { return null; }

    // Options lie in a file, so that they outlive a request. What is saved goes through the callback that it was registered with.
    function options_of_file() { return is_file('/options') ? unserialize(file_get_contents('/options')) : array(); }
    function get_option($name, $default = false) { return options_of_file()[$name] ?? $default; }
    function sanitize_option($name, $value) {
        return isset($GLOBALS['settings_registered'][$name]) ? ($GLOBALS['settings_registered'][$name]['sanitize_callback'])($value) : $value;
    }
    function update_option($name, $value) {
        $value = sanitize_option($name, $value);
        // An option that is new is added, and add_option sanitizes once more.
        if (!array_key_exists($name, options_of_file())) { $value = sanitize_option($name, $value); }
        file_put_contents('/options', serialize(array($name => $value) + options_of_file()));
        return true;
    }
    function delete_option($name) { file_put_contents('/options', serialize(array_diff_key(options_of_file(), array($name => 0)))); return true; }
    function is_multisite() { return false; }

    // Entities that are there already are left as they are.
    function _wp_specialchars($text, $quotes) { return htmlspecialchars((string) $text, $quotes, 'UTF-8', false); }
    function wp_check_invalid_utf8($text) { return preg_match('/^./us', $text) ? $text : ''; }
    function esc_attr($text) { return _wp_specialchars(wp_check_invalid_utf8((string) $text), ENT_QUOTES); }
    function esc_html($text) { return esc_attr($text); }
    function esc_url($url) {
        $url = preg_replace('|[^a-z0-9-~+_.?#=!&;,/:%@$\|*\'()\[\]\x80-\xff]|i', '', ltrim($url));
        if (!preg_match('|^https?://|i', $url)) { return ''; }
        return str_replace(array('&', "'"), array('&#038;', '&#039;'), $url);
    }
    function __($text, $domain) { if ($domain !== 'afterword') { throw new Exception("Domain $domain"); } return $text; }
    function esc_html__($text, $domain) { return esc_html(__($text, $domain)); }
    function wp_json_encode($value) { return json_encode($value); }
    function selected($one, $other, $print = true) { return (string) $one === (string) $other ? " selected='selected'" : ''; }

    function wp_sanitize_script_attributes($attributes) {
        $said = '';
        foreach ($attributes as $name => $value) {
            if ($value === true) { $said .= ' ' . esc_attr($name); }
            elseif ($value !== false) { $said .= sprintf(' %s="%s"', esc_attr($name), esc_attr($value)); }
        }
        return $said;
    }
    function wp_print_script_tag($attributes) {
        echo sprintf("<script%s></script>\n", wp_sanitize_script_attributes(apply_filters('wp_script_attributes', $attributes)));
    }
    function wp_script_is($handle, $list) { return isset($GLOBALS['scripts'][$handle]); }
    function wp_enqueue_script($handle, $source, $before = array(), $version = false, $footer = false) {
        $GLOBALS['scripts'] += array($handle => array('source' => "$source?ver=$version", 'before' => $before, 'inline' => ''));
    }
    function wp_add_inline_script($handle, $code, $position = 'after') {
        if ($position !== 'before') { throw new Exception($position); }
        $GLOBALS['scripts'][$handle]['inline'] = $code;
    }
    /** Prints a script behind those that it needs, once. */
    function print_script($handle) {
        $script = $GLOBALS['scripts'][$handle];
        if (isset($script['printed'])) { return; }
        $GLOBALS['scripts'][$handle]['printed'] = true;
        foreach ($script['before'] as $needed) { print_script($needed); }
        if ($script['inline'] !== '') { printf("<script id='%s-js-before'>\n%s\n</script>\n", $handle, $script['inline']); }
        printf("<script src='%s' id='%s-js'></script>\n", $script['source'], $handle);
    }
    add_action('wp_head', function () { do_action('wp_enqueue_scripts'); }, 1);
    add_action('wp_footer', function () { array_map('print_script', array_keys($GLOBALS['scripts'])); }, 20);

    // The WP Consent API brings its script after all others.
    if (!empty($GLOBALS['given']['consent_api'])) {
        add_action('wp_enqueue_scripts', function () { wp_enqueue_script('wp-consent-api', '/wp-consent-api.js', array(), '2.0', true); }, PHP_INT_MAX - 100);
    }

    function plugin_basename($file) { return ltrim(str_replace('/wordpress/wp-content/plugins', '', $file), '/'); }
    function plugins_url($path, $file) { return 'https://shop.example/wp-content/plugins/' . dirname(plugin_basename($file)) . "/$path"; }
    function admin_url($path) { return "https://shop.example/wp-admin/$path"; }
    function load_plugin_textdomain($domain, $unused, $folder) { return is_dir("/wordpress/wp-content/plugins/$folder"); }
    function is_admin() { return !empty($GLOBALS['given']['admin']); }
    function current_user_can($capability) { return in_array($capability, $GLOBALS['given']['can'] ?? array(), true); }

    // The Settings API.
    function register_setting($group, $option, $args) { $GLOBALS['settings_registered'][$option] = $args + array('group' => $group); }
    function add_settings_section($id, $title, $print, $page) { $GLOBALS['sections'][$page][$id] = array($title, $print); }
    function add_settings_field($id, $title, $print, $page, $section, $args) { $GLOBALS['fields'][$page][$section][$id] = array($title, $print, $args); }
    function add_settings_error($setting, $code, $message) { $GLOBALS['errors'][$code] = $message; }
    function add_submenu_page($parent, $title, $menu, $capability, $slug, $print) { $GLOBALS['pages'][$slug] = array($parent, $capability, $print); }
    function settings_errors($setting) { echo implode(array_map('esc_html', $GLOBALS['errors'])); }
    function settings_fields($group) {
        printf('<input type="hidden" name="option_page" value="%s"><input type="hidden" name="_wpnonce" value="nonce of %s-options">', $group, $group);
    }
    function submit_button() { echo '<input type="submit">'; }
    function do_settings_sections($page) {
        foreach ($GLOBALS['sections'][$page] as $id => list($title, $print)) {
            echo '<h2>' . $title . '</h2>';
            $print();
            foreach ($GLOBALS['fields'][$page][$id] as list($label, $field, $args)) { echo '<p>' . esc_html($label); $field($args); echo '</p>'; }
        }
    }

    /** What wp-admin/options.php does with a form: who may, the nonce, and every option of the group is saved. */
    function options_php(array $form) {
        $group = $form['option_page'];
        if (!current_user_can(apply_filters("option_page_capability_$group", 'manage_options'))) { return 'Sorry, you are not allowed.'; }
        if (($form['_wpnonce'] ?? '') !== "nonce of $group-options") { return 'The link you followed has expired.'; }
        foreach ($GLOBALS['settings_registered'] as $option => $args) {
            if ($args['group'] === $group) { update_option($option, $form[$option] ?? null); }
        }
        return implode("\n", $GLOBALS['errors']);
    }

    class WC_DateTime extends DateTime {}
    class WC_Order {
        private $order;
        public function __construct(array $order) { $this->order = $order; }
        public function get_id() { return 17; }
        public function has_status($status) { return in_array($this->order['status'], (array) $status, true); }
        public function get_order_number() { return $this->order['number']; }
        public function get_customer_id() { return $this->order['buyer']; }
        public function get_billing_email() { return $this->order['email']; }
        public function get_billing_country() { return $this->order['country']; }
        public function get_currency() { return $this->order['currency']; }
        public function get_payment_method() { return $this->order['payment']; }
        public function get_date_created() { return $this->order['created'] === null ? null : new WC_DateTime('@' . $this->order['created']); }
    }
    /** The block "Additional Information" of a confirmation made of blocks: what the hook prints, where the shopper may see the order. */
    function additional_information() {
        if (empty($GLOBALS['given']['may_see'])) { return ''; }
        ob_start();
        do_action('woocommerce_thankyou', 17);
        return sprintf('<div class="wp-block-woocommerce-order-confirmation-additional-information">%s</div>', ob_get_clean());
    }
    /** The whole confirmation. A template of blocks is rendered before the head that it stands behind, a classic one in its place. */
    function confirmation_page($of_blocks) {
        $rendered = $of_blocks ? additional_information() : '';
        do_action('wp_head');
        if ($of_blocks) { echo $rendered; } else { do_action('woocommerce_thankyou', 17); }
        do_action('wp_footer');
    }
    function wc_get_order($id) { return $id === 17 && isset($GLOBALS['given']['order']) ? new WC_Order($GLOBALS['given']['order']) : false; }
}

namespace Automattic\WooCommerce\Utilities {
    class FeaturesUtil {
        public static $declared = array();
        public static function declare_compatibility($feature, $file, $compatible) {
            self::$declared[$feature] = array(plugin_basename($file), $compatible);
            return true;
        }
    }
}
