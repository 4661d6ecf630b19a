<?php
/**
 * WooCommerce, Afterword: the page with the settings, by WordPress's Settings API, which checks its nonce and who may save.
 */

namespace Afterword;

defined('ABSPATH') || exit;

/** Who may see and save the settings: whoever sets up the shop. */
const CAPABILITY = 'manage_woocommerce';

add_action('admin_init', __NAMESPACE__ . '\register_settings');
add_action('admin_menu', __NAMESPACE__ . '\add_page');
add_filter('option_page_capability_' . PAGE, __NAMESPACE__ . '\capability');
add_filter('plugin_action_links_' . plugin_basename(FILE), __NAMESPACE__ . '\add_link');

function capability(): string
{
    return CAPABILITY;
}

function register_settings(): void
{
    register_setting(PAGE, OPTION, array(
        'type'              => 'array',
        'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
        'show_in_rest'      => false,
    ));
    add_settings_section('question', __('The question', 'afterword'), '__return_null', PAGE);
    add_settings_section('signing', __('Signed orders', 'afterword'), __NAMESPACE__ . '\print_signing', PAGE);
    foreach (fields() as $name => $field) {
        $in = in_array($name, array('kid', 'secret', 'buyer'), true) ? 'signing' : 'question';
        $field += array('name' => $name, 'label_for' => "afterword-$name");
        add_settings_field($name, $field['label'], __NAMESPACE__ . '\print_field', PAGE, $in, $field);
    }
}

/**
 * The fields: their labels, what is said below them, and the choices of those that have any.
 *
 * @return array<string, array<string, mixed>>
 */
function fields(): array
{
    return array(
        'address'   => array(
            'label' => __('Address of the widget', 'afterword'),
            'help'  => __('What stands in src="…" of your tag. The whole tag may be pasted. Left empty, nothing is asked.', 'afterword'),
        ),
        'survey'    => array('label' => __('Survey', 'afterword'), 'help' => __('Left empty, the site\'s own.', 'afterword')),
        'placement' => array('label' => __('Placement', 'afterword'), 'choices' => array(
            ''       => __('As the survey says', 'afterword'),
            'inline' => __('In the page', 'afterword'),
            'corner' => __('In the corner', 'afterword'),
        )),
        'locale'    => array(
            'label' => __('Language', 'afterword'),
            'help'  => __('Like en, he or pt-BR. Left empty, the page\'s language.', 'afterword'),
        ),
        'consent'   => array(
            'label'   => __('Consent', 'afterword'),
            'help'    => __('Until the shopper has agreed, nothing is shown, stored or sent. Needs the plugin WP Consent API.', 'afterword'),
            'choices' => array_combine(CONSENTS, CONSENTS),
        ),
        'kid'       => array('label' => __('Name of the secret (kid)', 'afterword')),
        'secret'    => array('label' => __('Signing secret', 'afterword')),
        'buyer'     => array('label' => __('Buyer', 'afterword'), 'choices' => array(
            'number' => __('Number of their account', 'afterword'),
            'email'  => __('E-mail address', 'afterword'),
            'none'   => __('Not named', 'afterword'),
        )),
    );
}

function add_page(): void
{
    add_submenu_page('woocommerce', 'Afterword', 'Afterword', CAPABILITY, PAGE, __NAMESPACE__ . '\print_page');
}

/**
 * @param array<int|string, string> $links
 *
 * @return array<int|string, string>
 */
function add_link(array $links): array
{
    $address = admin_url('admin.php?page=' . PAGE);

    return array_merge(array(sprintf('<a href="%s">%s</a>', esc_url($address), esc_html__('Settings', 'afterword'))), $links);
}

function print_page(): void
{
    if (!current_user_can(CAPABILITY)) {
        return;
    }
    echo '<div class="wrap"><h1>Afterword</h1>';
    settings_errors(OPTION);
    echo '<form action="options.php" method="post">';
    settings_fields(PAGE);
    do_settings_sections(PAGE);
    submit_button();
    echo '</form></div>';
}

function print_signing(): void
{
    printf('<p>%s</p>', esc_html__('With a secret, each order is signed: its answer counts as verified, once.', 'afterword'));
}

/** @param array<string, mixed> $field */
function print_field(array $field): void
{
    $id = $field['label_for'];
    $name = OPTION . "[{$field['name']}]";
    $value = settings()[$field['name']];
    if ($field['name'] === 'secret') {
        print_secret($id, $name, $value);
    } elseif (isset($field['choices'])) {
        printf('<select id="%s" name="%s">', esc_attr($id), esc_attr($name));
        foreach ($field['choices'] as $choice => $label) {
            $label = $label === '' ? __('Not needed', 'afterword') : $label;
            printf('<option value="%s"%s>%s</option>', esc_attr($choice), selected($value, (string) $choice, false), esc_html($label));
        }
        echo '</select>';
    } else {
        printf('<input id="%s" name="%s" value="%s" class="regular-text" dir="ltr">', esc_attr($id), esc_attr($name), esc_attr($value));
    }
    if (isset($field['help'])) {
        printf('<p class="description">%s</p>', esc_html($field['help']));
    }
}

/** The field of the secret. Of the one that is saved it shows the last four letters, as the owner's pages do, and never more. */
function print_secret(string $id, string $name, string $value): void
{
    if (defined('AFTERWORD_SECRET')) {
        printf('<p>%s</p>', esc_html__('It stands in wp-config.php, as AFTERWORD_SECRET.', 'afterword'));

        return;
    }
    $hint = $value === '' ? 'aw_tx_…' : 'aw_tx_…' . substr($value, -4);
    printf(
        '<input type="password" id="%s" name="%s" value="" placeholder="%s" class="regular-text" dir="ltr" autocomplete="off">',
        esc_attr($id),
        esc_attr($name),
        esc_attr($hint)
    );
    if ($value !== '') {
        printf(
            '<p><label><input type="checkbox" name="%s" value="1"> %s</label></p>',
            esc_attr(OPTION . '[forget_secret]'),
            esc_html__('Forget this secret', 'afterword')
        );
    }
}
