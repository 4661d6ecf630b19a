<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

require_once __DIR__ . '/classes/AfterwordSettings.php';
require_once __DIR__ . '/classes/AfterwordForm.php';
if (!function_exists('afterword_tag')) {
    require __DIR__ . '/afterword-tag.php';
}

/** Asks one question on the order confirmation, and signs the order it is asked about. PrestaShop 8 and 9. */
class Afterword extends Module
{
    public function __construct()
    {
        $this->name = 'afterword';
        $this->tab = 'front_office_features';
        $this->version = '1.0.0';
        $this->author = 'Afterword';
        $this->need_instance = 0;
        $this->bootstrap = true;
        $this->ps_versions_compliancy = ['min' => '8.0.0', 'max' => '9.99.99'];
        parent::__construct();
        $this->displayName = 'Afterword';
        $this->description = $this->trans('Asks one question on the order confirmation, and signs the order.', [], AfterwordForm::DOMAIN);
    }

    public function isUsingNewTranslationSystem()
    {
        return true;
    }

    public function install()
    {
        return parent::install() && $this->registerHook('displayOrderConfirmation');
    }

    /** The settings go with the module. */
    public function uninstall()
    {
        return AfterwordSettings::forget() && parent::uninstall();
    }

    /** The module's page: what was submitted is saved, then comes the form. PrestaShop has checked who it is, and the token. */
    public function getContent()
    {
        $form = new AfterwordForm($this, $this->table, $this->identifier);
        if (!Tools::isSubmit(AfterwordForm::SUBMIT)) {
            return $form->html();
        }
        $wrong = array_map([$form, 'wrong'], AfterwordSettings::saveSubmitted());
        $said = $wrong
            ? $this->displayError(implode(' ', $wrong))
            : $this->displayConfirmation($this->trans('The settings have been updated.', [], 'Admin.Notifications.Success'));

        return $said . $form->html();
    }

    /**
     * The tag of the order that is confirmed, or nothing: orders whose payment has failed have this page too, and are not asked about.
     *
     * @param array{order?: Order} $params
     */
    public function hookDisplayOrderConfirmation($params)
    {
        $order = $params['order'] ?? null;
        $bad = [(int) Configuration::get('PS_OS_ERROR'), (int) Configuration::get('PS_OS_CANCELED')];
        if (!$order instanceof Order || in_array((int) $order->getCurrentState(), $bad, true)) {
            return '';
        }
        $settings = AfterwordSettings::all();
        // PrestaShop keeps its times in the shop's time zone, which it has set for PHP too.
        $created = strtotime((string) $order->date_add);
        $tag = afterword_tag(
            ['consent' => $settings['consent'] === '1' ? 'pending' : ''] + $settings,
            (string) $order->reference,
            $this->buyerOf($order, $settings['buyer']),
            $created === false ? null : $created,
            [
                'country' => (string) Country::getIsoById((int) (new Address((int) $order->id_address_invoice))->id_country),
                'currency' => (string) (new Currency((int) $order->id_currency))->iso_code,
                'payment' => (string) $order->module,
            ]
        );
        if (!$tag) {
            return '';
        }
        $this->context->smarty->assign('afterword_tag', $tag);

        return $this->fetch('module:afterword/views/templates/hook/order_confirmation.tpl');
    }

    /** The buyer as the shop wants them named: by their account's number, by their e-mail address, or not at all. */
    private function buyerOf(Order $order, string $by): string
    {
        if ($by === 'email') {
            return (string) (new Customer((int) $order->id_customer))->email;
        }

        return $by === 'number' && (int) $order->id_customer > 0 ? (string) (int) $order->id_customer : '';
    }
}
