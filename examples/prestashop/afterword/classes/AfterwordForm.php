<?php

if (!defined('_PS_VERSION_')) {
    exit;
}

/** The form of the module's page, and what it says. */
class AfterwordForm
{
    public const SUBMIT = 'submitAfterword';
    public const DOMAIN = 'Modules.Afterword.Admin';

    private $module;
    private $table;
    private $identifier;

    public function __construct(Module $module, string $table, string $identifier)
    {
        $this->module = $module;
        $this->table = $table;
        $this->identifier = $identifier;
    }

    public function html(): string
    {
        $settings = AfterwordSettings::all();
        $values = ['AFTERWORD_SECRET' => '', 'AFTERWORD_FORGET' => 0];
        foreach ($settings as $name => $value) {
            $values += [AfterwordSettings::key($name) => $value];
        }
        $helper = new HelperForm();
        $helper->module = $this->module;
        $helper->table = $this->table;
        $helper->identifier = $this->identifier;
        $helper->name_controller = $this->module->name;
        $helper->submit_action = self::SUBMIT;
        $helper->default_form_language = (int) Configuration::get('PS_LANG_DEFAULT');
        $helper->token = Tools::getAdminTokenLite('AdminModules');
        $helper->currentIndex = AdminController::$currentIndex . '&configure=' . $this->module->name;
        $helper->tpl_vars = ['fields_value' => $values];

        return $helper->generateForm([['form' => [
            'legend' => ['title' => $this->say('Afterword'), 'icon' => 'icon-comments'],
            'input' => $this->inputs(substr($settings['secret'], -4)),
            'submit' => ['title' => Context::getContext()->getTranslator()->trans('Save', [], 'Admin.Actions')],
        ]]]);
    }

    /** What is wrong with a setting, to who has typed it. */
    public function wrong(string $name): string
    {
        switch ($name) {
            case 'address':
                return $this->say('The address must be the one in your tag: https://…/w/aw_pub_….js');
            case 'kid':
                return $this->say('The name of a signing secret has 1 to 8 small letters and digits.');
            case 'secret':
                return $this->say('A signing secret begins with aw_tx_ and has 38 letters and digits behind it.');
            case 'survey':
                return $this->say('A survey is named by small letters, digits and hyphens.');
            case 'locale':
                return $this->say('A language is written like en, he or pt-BR.');
            default:
                return $this->say('That is none of the choices.');
        }
    }

    /**
     * The fields. Of the secret that is saved the last four letters are shown, as the owner's pages do, and never more.
     *
     * @return array<int, array<string, mixed>>
     */
    private function inputs(string $lastOfSecret): array
    {
        return [
            $this->text('address', $this->say('Address of the widget'), $this->say(
                'What stands in src="…" of your tag. The whole tag may be pasted. Left empty, nothing is asked.'
            )),
            $this->text('survey', $this->say('Survey'), $this->say('Left empty, the site\'s own.')),
            $this->choice('placement', $this->say('Placement'), [
                '' => $this->say('As the survey says'),
                'inline' => $this->say('In the page'),
                'corner' => $this->say('In the corner'),
            ]),
            $this->text('locale', $this->say('Language'), $this->say('Like en, he or pt-BR. Left empty, the page\'s language.')),
            $this->onOff('AFTERWORD_CONSENT', $this->say('Wait for consent'), $this->say(
                'Until your consent tool calls afterword("consent", "granted"), nothing is shown, stored or sent.'
            )),
            $this->text('kid', $this->say('Name of the secret (kid)'), ''),
            [
                'type' => 'password',
                'name' => 'AFTERWORD_SECRET',
                'label' => $this->say('Signing secret'),
                'desc' => $lastOfSecret === ''
                    ? $this->say('With a secret, each order is signed: its answer counts as verified, once.')
                    : $this->say('One is saved. It ends in') . " $lastOfSecret.",
                'autocomplete' => false,
            ],
            $this->onOff('AFTERWORD_FORGET', $this->say('Forget this secret'), ''),
            $this->choice('buyer', $this->say('Buyer'), [
                'number' => $this->say('Number of their account'),
                'email' => $this->say('E-mail address'),
                'none' => $this->say('Not named'),
            ]),
        ];
    }

    /** @return array<string, mixed> */
    private function text(string $name, string $label, string $help): array
    {
        return ['type' => 'text', 'name' => AfterwordSettings::key($name), 'label' => $label, 'desc' => $help];
    }

    /**
     * @param array<string, string> $choices
     *
     * @return array<string, mixed>
     */
    private function choice(string $name, string $label, array $choices): array
    {
        $query = [];
        foreach ($choices as $id => $text) {
            $query[] = ['id' => $id, 'name' => $text];
        }

        return [
            'type' => 'select',
            'name' => AfterwordSettings::key($name),
            'label' => $label,
            'options' => ['query' => $query, 'id' => 'id', 'name' => 'name'],
        ];
    }

    /** @return array<string, mixed> */
    private function onOff(string $key, string $label, string $help): array
    {
        $yes = ['id' => "{$key}_on", 'value' => 1, 'label' => $this->say('Yes')];
        $no = ['id' => "{$key}_off", 'value' => 0, 'label' => $this->say('No')];

        return ['type' => 'switch', 'name' => $key, 'label' => $label, 'desc' => $help, 'is_bool' => true, 'values' => [$yes, $no]];
    }

    private function say(string $text): string
    {
        return Context::getContext()->getTranslator()->trans($text, [], self::DOMAIN);
    }
}
