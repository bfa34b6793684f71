<?php

namespace StockLedgerModule;

/** The page under the shop's menu: what is set, checked before it is kept, and how the module is doing. */
final class SettingsPage
{
    const CAPABILITY = 'manage_woocommerce';
    const SLUG = 'stockledger';
    const NONCE = 'stockledger_settings';
    const SUBMIT = 'stockledger_save';
    /** They are never shown again; left empty, what is kept stays. */
    const SECRETS = [Settings::KEY, Settings::OUTBOX_SECRET];

    public static function register()
    {
        $title = __('Stock ledger', 'stockledger');
        add_submenu_page('woocommerce', $title, $title, self::CAPABILITY, self::SLUG, [self::class, 'show']);
    }

    public static function show()
    {
        if (!current_user_can(self::CAPABILITY)) {
            return;
        }
        $form = new SettingsForm();
        echo '<div class="wrap"><h1>' . esc_html__('Stock ledger', 'stockledger') . '</h1>';
        if (isset($_POST[self::SUBMIT])) {
            check_admin_referer(self::NONCE);
            self::save($form);
        }
        echo $form->stateHtml() . '<form method="post">';
        wp_nonce_field(self::NONCE);
        echo $form->fieldsHtml();
        submit_button(__('Save', 'stockledger'), 'primary', self::SUBMIT);
        echo '</form></div>';
    }

    private static function save(SettingsForm $form)
    {
        $given = self::given();
        $problems = $form->problemsOf($given);
        if ($problems === []) {
            Settings::keep($given);
        }
        $text = $problems === [] ? __('Saved.', 'stockledger') : implode(' ', $problems);
        echo '<div class="notice notice-' . ($problems === [] ? 'success' : 'error') . '"><p>' . esc_html($text) . '</p></div>';
    }

    /** @return string[] by name, a secret only where one was typed */
    private static function given(): array
    {
        $given = [];
        foreach (array_keys(Settings::DEFAULTS) as $name) {
            $typed = isset($_POST[$name]) && is_string($_POST[$name]) ? wp_unslash($_POST[$name]) : '';
            $value = trim($typed);
            if ($value !== '' || !in_array($name, self::SECRETS, true)) {
                $given[$name] = $value;
            }
        }

        return $given;
    }
}
