<?php

namespace StockLedgerModule;

/**
 * What the merchant has set, from the shop's configuration table, per shop where there are several. Out of range is
 * brought into it: a typing error must not stop a checkout.
 */
final class Settings
{
    const URL = 'STOCKLEDGER_URL';
    const KEY = 'STOCKLEDGER_KEY';
    const CHANNEL = 'STOCKLEDGER_CHANNEL';
    const GATE = 'STOCKLEDGER_GATE';
    const BUDGET_MILLIS = 'STOCKLEDGER_BUDGET_MILLIS';
    const HOLD_SECONDS = 'STOCKLEDGER_HOLD_SECONDS';
    const FAIL_MODE = 'STOCKLEDGER_FAIL_MODE';
    const OFFLINE_MODULES = 'STOCKLEDGER_OFFLINE_MODULES';
    const PRODUCT_LOCK = 'STOCKLEDGER_PRODUCT_LOCK';
    const LOCK_KIND = 'STOCKLEDGER_LOCK_KIND';
    const OUTBOX_URL = 'STOCKLEDGER_OUTBOX_URL';
    const OUTBOX_SECRET = 'STOCKLEDGER_OUTBOX_SECRET';
    const AVAILABILITY = 'STOCKLEDGER_AVAILABILITY';

    /** Shoppers take no notice of 300 ms; below 50 a healthy ledger is taken for a silent one. */
    const BUDGET_MILLIS_MIN = 50;
    const BUDGET_MILLIS_MAX = 2000;
    const HOLD_SECONDS_MIN = 60;
    const HOLD_SECONDS_MAX = 86400;

    const DEFAULTS = [
        self::URL => '',
        self::KEY => '',
        self::CHANNEL => '',
        self::GATE => '1',
        self::BUDGET_MILLIS => '300',
        self::HOLD_SECONDS => '900',
        self::FAIL_MODE => 'open',
        self::OFFLINE_MODULES => 'ps_wirepayment,ps_checkpayment,ps_cashondelivery',
        self::PRODUCT_LOCK => '0',
        self::LOCK_KIND => 'named',
        self::OUTBOX_URL => '',
        self::OUTBOX_SECRET => '',
        self::AVAILABILITY => '0',
    ];

    public static function text(string $name): string
    {
        $value = Guard::run(static function () use ($name) {
            return \Configuration::get($name);
        });

        return is_scalar($value) && $value !== false ? trim((string) $value) : self::DEFAULTS[$name];
    }

    public static function isOn(string $name): bool
    {
        return self::text($name) === '1';
    }

    /** Whether the ledger can be asked at all. */
    public static function asksLedger(): bool
    {
        return self::text(self::URL) !== '' && self::text(self::KEY) !== '' && self::text(self::CHANNEL) !== '';
    }

    public static function budgetMillis(): int
    {
        return self::within(self::BUDGET_MILLIS, self::BUDGET_MILLIS_MIN, self::BUDGET_MILLIS_MAX);
    }

    public static function holdSeconds(): int
    {
        return self::within(self::HOLD_SECONDS, self::HOLD_SECONDS_MIN, self::HOLD_SECONDS_MAX);
    }

    /** @return string[] names of payment modules that take no money before the order exists */
    public static function offlineModules(): array
    {
        return array_values(array_filter(array_map('trim', explode(',', self::text(self::OFFLINE_MODULES)))));
    }

    private static function within(string $name, int $min, int $max): int
    {
        $text = self::text($name);

        return max($min, min($max, (int) (is_numeric($text) ? $text : self::DEFAULTS[$name])));
    }
}
