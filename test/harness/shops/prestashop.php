<?php

/**
 * What of PrestaShop a module for the order confirmation meets: its configuration in a file, hooks, Smarty as far as a template prints
 * values, and HelperForm, which prints a password's field empty. Each does what PrestaShop's own does; what is not here fails.
 */

define('_PS_VERSION_', $given['version'] ?? '9.0.0');
date_default_timezone_set('Europe/Rome');

class Configuration
{
    private static function all(): array { return is_file('/configuration') ? unserialize(file_get_contents('/configuration')) : []; }
    public static function get($key) { return (['PS_OS_ERROR' => '8', 'PS_OS_CANCELED' => '6', 'PS_LANG_DEFAULT' => '1'] + self::all())[$key] ?? false; }
    public static function updateValue($key, $value) { file_put_contents('/configuration', serialize([$key => (string) $value] + self::all())); return true; }
    public static function deleteByName($key) { file_put_contents('/configuration', serialize(array_diff_key(self::all(), [$key => 0]))); return true; }
}

class Tools
{
    public static function isSubmit($name) { return isset($GLOBALS['given']['form'][$name]); }
    public static function getValue($name, $default = false) { return $GLOBALS['given']['form'][$name] ?? $default; }
    public static function getAdminTokenLite($tab) { return "token of $tab"; }
}

class AdminController { public static $currentIndex = 'index.php?controller=AdminModules'; }

class Translator
{
    public function trans($text, array $parameters, $domain)
    {
        if (!in_array($domain, ['Modules.Afterword.Admin', 'Admin.Actions', 'Admin.Notifications.Success'], true)) { throw new Exception("Domain $domain"); }
        return $text;
    }
}

/** Smarty's `foreach`, values, and `escape`; with `nofilter`, for the shop has automatic escaping switched on. */
class Smarty
{
    private $values = [];
    public function assign($name, $value) { $this->values[$name] = $value; }

    public function fetch(string $file): string
    {
        $text = preg_replace('/\{\*.*?\*\}\n?/s', '', file_get_contents($file));
        $loops = '/\{foreach \$(\w+) as \$(\w+) => \$(\w+)\}(.*?)\{\/foreach\}/s';
        if (preg_match('/[{}]/', preg_replace($loops, '', $text))) { throw new Exception("Smarty: $text"); }
        return preg_replace_callback($loops, function ($loop) {
            $drawn = '';
            foreach ($this->values[$loop[1]] as $key => $value) { $drawn .= $this->draw($loop[4], [$loop[2] => $key, $loop[3] => $value]); }
            return $drawn;
        }, $text);
    }

    private function draw(string $text, array $values): string
    {
        $prints = "/\{\\$(\w+)(\|escape:'html':'UTF-8')?( nofilter)?\}/";
        if (preg_match('/[{}]/', preg_replace($prints, '', $text))) { throw new Exception("Smarty: $text"); }
        return preg_replace_callback($prints, function ($print) use ($values) {
            $value = (string) $values[$print[1]];
            $value = empty($print[2]) ? $value : htmlspecialchars($value, ENT_QUOTES, 'UTF-8', true);
            return empty($print[3]) ? htmlspecialchars($value, ENT_QUOTES, 'UTF-8') : $value;
        }, $text);
    }
}

class Context
{
    public $smarty;
    private static $instance;
    public function __construct() { $this->smarty = new Smarty(); }
    public static function getContext() { return self::$instance = self::$instance ?? new Context(); }
    public function getTranslator() { return new Translator(); }
}

#[AllowDynamicProperties]
abstract class Module
{
    public $name; public $tab; public $version; public $author; public $need_instance; public $bootstrap; public $ps_versions_compliancy;
    public $displayName; public $description; public $identifier = 'id_module'; public $table = 'module'; protected $context;
    public static $hooks = [];
    public function __construct() { $this->context = Context::getContext(); }
    public function install()
    {
        ['min' => $min, 'max' => $max] = $this->ps_versions_compliancy;
        return version_compare(_PS_VERSION_, $min, '>=') && version_compare(_PS_VERSION_, $max, '<=');
    }
    public function uninstall() { return true; }
    public function registerHook($hook) { self::$hooks[] = $hook; return method_exists($this, "hook$hook"); }
    protected function trans($text, array $parameters = [], $domain = null) { return $this->context->getTranslator()->trans($text, $parameters, $domain); }
    public function fetch($template) { return $this->context->smarty->fetch(str_replace('module:', '/modules/', $template)); }
    public function displayError($text) { return "<div class=\"alert alert-danger\">$text</div>"; }
    public function displayConfirmation($text) { return "<div class=\"alert alert-success\">$text</div>"; }
}

class HelperForm
{
    public $module; public $table; public $identifier; public $name_controller; public $submit_action; public $default_form_language;
    public $token; public $currentIndex; public $tpl_vars;

    public function generateForm(array $forms)
    {
        $html = '<form action="' . htmlspecialchars("$this->currentIndex&token=$this->token") . '" method="post">';
        foreach ($forms[0]['form']['input'] as $input) {
            $value = $this->tpl_vars['fields_value'][$input['name']];
            $html .= "<label>{$input['label']}</label>";
            if ($input['type'] === 'password') { $html .= sprintf('<input type="password" name="%s" value="">', $input['name']); }
            if ($input['type'] === 'text') { $html .= sprintf('<input type="text" name="%s" value="%s">', $input['name'], htmlspecialchars($value)); }
            if ($input['type'] === 'select') {
                foreach ($input['options']['query'] as $choice) {
                    $html .= sprintf('<option value="%s"%s>%s</option>', $choice['id'], $value == $choice['id'] ? ' selected="selected"' : '', $choice['name']);
                }
            }
            if ($input['type'] === 'switch') {
                foreach ($input['values'] as $choice) {
                    $html .= sprintf('<input type="radio" name="%s" value="%s"%s>', $input['name'], $choice['value'], $value == $choice['value'] ? ' checked' : '');
                }
            }
            $html .= '<p class="help-block">' . ($input['desc'] ?? '') . '</p>';
        }
        return $html . '<button name="' . $this->submit_action . '">' . $forms[0]['form']['submit']['title'] . '</button></form>';
    }
}

class Order
{
    public $reference; public $id_customer; public $id_address_invoice = 3; public $id_currency = 1; public $module; public $date_add; public $total_paid = 10;
    private $state;
    public function __construct(array $order)
    {
        [$this->reference, $this->id_customer, $this->module] = [$order['number'], (string) $order['buyer'], $order['payment']];
        $this->date_add = $order['created'] === null ? '' : date('Y-m-d H:i:s', $order['created']);
        $this->state = ['paid' => '2', 'failed' => '8', 'cancelled' => '6'][$order['status']];
    }
    public function getCurrentState() { return $this->state; }
}
class Customer { public $email; public function __construct($id) { $this->email = $GLOBALS['given']['order']['email']; } }
class Address { public $id_country = 10; public function __construct($id) {} }
class Country { public static function getIsoById($id) { return $GLOBALS['given']['order']['country']; } }
class Currency { public $iso_code; public function __construct($id) { $this->iso_code = $GLOBALS['given']['order']['currency']; } }
