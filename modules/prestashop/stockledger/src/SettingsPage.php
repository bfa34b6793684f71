<?php

namespace StockLedgerModule;

/** The configuration page: what is set, checked before it is kept, and how the module is doing. */
final class SettingsPage
{
    const SUBMIT = 'submitStockLedger';
    /** They are never shown again; left empty, what is kept stays. */
    const SECRETS = [Settings::KEY, Settings::OUTBOX_SECRET];

    /** @var \Module */
    private $module;
    /** @var SettingsForm */
    private $form;

    public function __construct(\Module $module)
    {
        $this->module = $module;
        $this->form = new SettingsForm($module);
    }

    public function show(): string
    {
        $said = '';
        if (\Tools::isSubmit(self::SUBMIT)) {
            $given = $this->given();
            $problems = $this->form->problemsOf($given);
            if ($problems === []) {
                array_walk($given, static function ($value, $name) {
                    \Configuration::updateValue($name, $value);
                });
            }
            $said = $problems === []
                ? $this->module->displayConfirmation($this->form->savedText())
                : $this->module->displayError(implode('<br>', $problems));
        }

        return $said . $this->form->stateHtml() . $this->helper()->generateForm([$this->form->fields()]);
    }

    /** @return string[] by name, a secret only where one was typed */
    private function given(): array
    {
        $given = [];
        foreach (array_keys(Settings::DEFAULTS) as $name) {
            $value = trim((string) \Tools::getValue($name, ''));
            if ($value !== '' || !in_array($name, self::SECRETS, true)) {
                $given[$name] = $value;
            }
        }

        return $given;
    }

    private function helper(): \HelperForm
    {
        $helper = new \HelperForm();
        $helper->module = $this->module;
        $helper->table = 'stockledger';
        $helper->name_controller = $this->module->name;
        $helper->token = \Tools::getAdminTokenLite('AdminModules');
        $helper->currentIndex = \AdminController::$currentIndex . '&configure=' . $this->module->name;
        $helper->default_form_language = (int) \Configuration::get('PS_LANG_DEFAULT');
        $helper->submit_action = self::SUBMIT;
        foreach (array_keys(Settings::DEFAULTS) as $name) {
            $helper->fields_value[$name] = in_array($name, self::SECRETS, true) ? '' : Settings::text($name);
        }

        return $helper;
    }
}
