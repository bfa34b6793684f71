<?php

namespace StockLedgerModule;

/** Fields, checks and words of the settings page. */
final class SettingsForm
{
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
                $problems[] = __('An address begins with https:// (or http:// inside your own network).', 'stockledger');
            }
        }
        if ($given[Settings::CHANNEL] !== '' && !preg_match('/^[a-z0-9_]{1,32}$/', $given[Settings::CHANNEL])) {
            $problems[] = __('A channel has small letters, digits and _ only, 32 at most.', 'stockledger');
        }
        $ranges = [
            Settings::BUDGET_MILLIS => [Settings::BUDGET_MILLIS_MIN, Settings::BUDGET_MILLIS_MAX],
            Settings::HOLD_SECONDS => [Settings::HOLD_SECONDS_MIN, Settings::HOLD_SECONDS_MAX],
        ];
        foreach ($ranges as $name => $range) {
            if (!ctype_digit($given[$name]) || (int) $given[$name] < $range[0] || (int) $given[$name] > $range[1]) {
                $problems[] = sprintf(__('A number from %1$d to %2$d is needed.', 'stockledger'), $range[0], $range[1]);
            }
        }

        return array_values(array_unique($problems));
    }

    /** How the module is doing, for a merchant who wonders. */
    public function stateHtml(): string
    {
        $breaker = Breaker::state();
        $rows = [
            __('Ledger', 'stockledger') => $breaker['isOpen']
                ? __('left alone for a moment, as it does not answer', 'stockledger')
                : sprintf(__('%d failures in a row', 'stockledger'), $breaker['failures']),
            __('Last trouble with the ledger', 'stockledger') => Notes::get(Notes::LEDGER_ERROR),
            __('Events that wait', 'stockledger') => (string) Outbox::waiting(),
            __('Events lost because too many waited', 'stockledger') => (string) (int) Notes::get(Notes::DROPPED),
            __('Events that the receiver refused', 'stockledger') => (string) (int) Notes::get(Notes::REJECTED),
            __('Last trouble with sending', 'stockledger') => Notes::get(Notes::SEND_ERROR),
            __('Last run of the cron', 'stockledger') => $this->lastRun(),
        ];
        $html = '';
        foreach ($rows as $name => $value) {
            $html .= '<tr><th scope="row">' . esc_html($name) . '</th><td>' . esc_html($value) . '</td></tr>';
        }

        return '<table class="form-table">' . $html . '</table>';
    }

    public function fieldsHtml(): string
    {
        return '<table class="form-table">' . $this->ledgerFields() . $this->gateFields() . $this->outboxFields() . '</table>';
    }

    private function lastRun(): string
    {
        $at = (int) Notes::get(Notes::CRON_AT);

        return $at === 0 ? __('never: see the documentation for its line', 'stockledger') : gmdate('Y-m-d H:i:s', $at) . ' UTC';
    }

    private function ledgerFields(): string
    {
        return $this->text(Settings::URL, __('Address of the ledger', 'stockledger'))
            . $this->secret(Settings::KEY, __('API key (scopes reservations:write and stock:read)', 'stockledger'))
            . $this->text(Settings::CHANNEL, __('Channel of this shop at the ledger', 'stockledger'));
    }

    private function gateFields(): string
    {
        return $this->choice(Settings::GATE, __('Hold carts and make one order of one cart', 'stockledger'), [
            '1' => __('Yes', 'stockledger'),
            '0' => __('No', 'stockledger'),
        ])
            . $this->text(Settings::BUDGET_MILLIS, __('Longest wait for the ledger, in milliseconds', 'stockledger'))
            . $this->text(Settings::HOLD_SECONDS, __('How long a cart is held, in seconds', 'stockledger'))
            . $this->choice(Settings::FAIL_MODE, __('When the ledger does not answer', 'stockledger'), [
                'open' => __('sell', 'stockledger'),
                'closed' => __('ask shoppers to try again', 'stockledger'),
            ])
            . $this->text(Settings::PREPAID_METHODS, __('Payment methods that take the money before the order is sent, by their ids', 'stockledger'))
            . $this->choice(Settings::LOCK_KIND, __('Locks', 'stockledger'), [
                'named' => __('of the database server', 'stockledger'),
                'row' => __('rows (Galera, ProxySQL, HyperDB)', 'stockledger'),
            ]);
    }

    private function outboxFields(): string
    {
        return $this->text(Settings::OUTBOX_URL, __('Address that events are sent to', 'stockledger'))
            . $this->secret(Settings::OUTBOX_SECRET, __('Secret that events are signed with', 'stockledger'));
    }

    private function text(string $name, string $label): string
    {
        return $this->row($name, $label, '<input class="regular-text" type="text" id="' . $name . '" name="' . $name . '" value="' . esc_attr(Settings::text($name)) . '">');
    }

    private function secret(string $name, string $label): string
    {
        $note = '<p class="description">' . esc_html__('Empty keeps the one that is set.', 'stockledger') . '</p>';

        return $this->row($name, $label, '<input class="regular-text" type="password" autocomplete="new-password" id="' . $name . '" name="' . $name . '" value="">' . $note);
    }

    /** @param string[] $options text by value */
    private function choice(string $name, string $label, array $options): string
    {
        $html = '';
        foreach ($options as $value => $text) {
            $selected = Settings::text($name) === (string) $value ? ' selected' : '';
            $html .= '<option value="' . esc_attr((string) $value) . '"' . $selected . '>' . esc_html($text) . '</option>';
        }

        return $this->row($name, $label, '<select id="' . $name . '" name="' . $name . '">' . $html . '</select>');
    }

    private function row(string $name, string $label, string $field): string
    {
        return '<tr><th scope="row"><label for="' . $name . '">' . esc_html($label) . '</label></th><td>' . $field . '</td></tr>';
    }
}
