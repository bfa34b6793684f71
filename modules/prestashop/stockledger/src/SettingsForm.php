<?php

namespace StockLedgerModule;

/** Fields, checks and words of the configuration page. */
final class SettingsForm
{
    /** @var \Module */
    private $module;

    public function __construct(\Module $module)
    {
        $this->module = $module;
    }

    public function savedText(): string
    {
        return $this->l('Saved.');
    }

    public function fields(): array
    {
        return ['form' => [
            'legend' => ['title' => $this->l('Stock ledger'), 'icon' => 'icon-cogs'],
            'input' => array_merge($this->ledgerFields(), $this->gateFields(), $this->outboxFields()),
            'submit' => ['title' => $this->l('Save')],
        ]];
    }

    /**
     * What is wrong with what was typed; empty where nothing is.
     *
     * @param string[] $given by name
     *
     * @return string[]
     */
    public function problemsOf(array $given): array
    {
        $problems = [];
        foreach ([Settings::URL, Settings::OUTBOX_URL] as $name) {
            if ($given[$name] !== '' && !preg_match('#^https?://[^\s/]+#i', $given[$name])) {
                $problems[] = $this->l('An address begins with https:// (or http:// inside your own network).');
            }
        }
        if ($given[Settings::CHANNEL] !== '' && !preg_match('/^[a-z0-9_]{1,32}$/', $given[Settings::CHANNEL])) {
            $problems[] = $this->l('A channel has small letters, digits and _ only, 32 at most.');
        }
        $ranges = [
            Settings::BUDGET_MILLIS => [Settings::BUDGET_MILLIS_MIN, Settings::BUDGET_MILLIS_MAX],
            Settings::HOLD_SECONDS => [Settings::HOLD_SECONDS_MIN, Settings::HOLD_SECONDS_MAX],
        ];
        foreach ($ranges as $name => $range) {
            if (!ctype_digit($given[$name]) || (int) $given[$name] < $range[0] || (int) $given[$name] > $range[1]) {
                $problems[] = sprintf($this->l('A number from %1$d to %2$d is needed.'), $range[0], $range[1]);
            }
        }

        return array_values(array_unique($problems));
    }

    /** How the module is doing, for a merchant who wonders. */
    public function stateHtml(): string
    {
        $breaker = Breaker::state();
        $rows = [
            $this->l('Ledger') => $breaker['isOpen']
                ? $this->l('left alone for a moment, as it does not answer')
                : sprintf($this->l('%d failures in a row'), $breaker['failures']),
            $this->l('Last trouble with the ledger') => Notes::get(Notes::LEDGER_ERROR),
            $this->l('Events that wait') => (string) Outbox::waiting(),
            $this->l('Events lost because too many waited') => (string) (int) Notes::get(Notes::DROPPED),
            $this->l('Events that the receiver refused') => (string) (int) Notes::get(Notes::REJECTED),
            $this->l('Last trouble with sending') => Notes::get(Notes::SEND_ERROR),
            $this->l('Last run of the cron') => $this->lastRun(),
        ];
        $html = '';
        foreach ($rows as $name => $value) {
            $html .= '<tr><th>' . $name . '</th><td>' . htmlspecialchars($value, ENT_QUOTES, 'UTF-8') . '</td></tr>';
        }

        return '<div class="panel"><table class="table">' . $html . '</table></div>';
    }

    private function lastRun(): string
    {
        $at = (int) Notes::get(Notes::CRON_AT);

        return $at === 0 ? $this->l('never: see the documentation for its line') : gmdate('Y-m-d H:i:s', $at) . ' UTC';
    }

    private function ledgerFields(): array
    {
        return [
            $this->text(Settings::URL, $this->l('Address of the ledger')),
            $this->secret(Settings::KEY, $this->l('API key (scopes reservations:write and stock:read)')),
            $this->text(Settings::CHANNEL, $this->l('Channel of this shop at the ledger')),
        ];
    }

    private function gateFields(): array
    {
        $failModes = [
            ['id' => 'open', 'name' => $this->l('sell')],
            ['id' => 'closed', 'name' => $this->l('send back to the cart')],
        ];
        $lockKinds = [
            ['id' => 'named', 'name' => $this->l('of the database server')],
            ['id' => 'row', 'name' => $this->l('rows (Galera, ProxySQL)')],
        ];

        return [
            $this->onOff(Settings::GATE, $this->l('Hold carts and check orders')),
            $this->text(Settings::BUDGET_MILLIS, $this->l('Longest wait for the ledger, in milliseconds')),
            $this->text(Settings::HOLD_SECONDS, $this->l('How long a cart is held, in seconds')),
            $this->choice(Settings::FAIL_MODE, $this->l('When the ledger does not answer'), $failModes),
            $this->text(Settings::OFFLINE_MODULES, $this->l('Payment modules that take no money before the order')),
            $this->onOff(Settings::PRODUCT_LOCK, $this->l('Lock products while an order is made')),
            $this->choice(Settings::LOCK_KIND, $this->l('Locks'), $lockKinds),
        ];
    }

    private function outboxFields(): array
    {
        return [
            $this->text(Settings::OUTBOX_URL, $this->l('Address that events are sent to')),
            $this->secret(Settings::OUTBOX_SECRET, $this->l('Secret that events are signed with')),
            $this->onOff(Settings::AVAILABILITY, $this->l('Show availability from the ledger on product pages')),
        ];
    }

    private function text(string $name, string $label): array
    {
        return ['type' => 'text', 'name' => $name, 'label' => $label];
    }

    private function secret(string $name, string $label): array
    {
        return ['type' => 'password', 'name' => $name, 'label' => $label, 'desc' => $this->l('Empty keeps the one that is set.')];
    }

    private function onOff(string $name, string $label): array
    {
        return ['type' => 'switch', 'name' => $name, 'label' => $label, 'is_bool' => true, 'values' => [
            ['id' => $name . '_on', 'value' => 1, 'label' => $this->l('Yes')],
            ['id' => $name . '_off', 'value' => 0, 'label' => $this->l('No')],
        ]];
    }

    private function choice(string $name, string $label, array $options): array
    {
        return ['type' => 'select', 'name' => $name, 'label' => $label, 'options' => [
            'query' => $options, 'id' => 'id', 'name' => 'name',
        ]];
    }

    private function l(string $text): string
    {
        return $this->module->l($text, 'settingsform');
    }
}
