<?php

namespace StockLedgerModule;

/**
 * What the merchant has set: one option of the shop. Out of range is brought into it: a typing error must not stop a
 * checkout.
 */
final class Settings
{
    const OPTION = 'stockledger_settings';

    const URL = 'url';
    const KEY = 'key';
    const CHANNEL = 'channel';
    const GATE = 'gate';
    const BUDGET_MILLIS = 'budget_millis';
    const HOLD_SECONDS = 'hold_seconds';
    const FAIL_MODE = 'fail_mode';
    const PREPAID_METHODS = 'prepaid_methods';
    const LOCK_KIND = 'lock_kind';
    const OUTBOX_URL = 'outbox_url';
    const OUTBOX_SECRET = 'outbox_secret';

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
        self::PREPAID_METHODS => '',
        self::LOCK_KIND => 'named',
        self::OUTBOX_URL => '',
        self::OUTBOX_SECRET => '',
    ];

    public static function text(string $name): string
    {
        $kept = self::all();

        return trim((string) $kept[$name]);
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

    /** Whether a payment method takes the money before the order is posted. */
    public static function isPrepaid(string $method): bool
    {
        return $method !== '' && in_array($method, array_map('trim', explode(',', self::text(self::PREPAID_METHODS))), true);
    }

    /** @param string[] $given by name; what is not named stays */
    public static function keep(array $given)
    {
        update_option(self::OPTION, array_intersect_key($given, self::DEFAULTS) + self::all());
    }

    /** @return string[] by name */
    private static function all(): array
    {
        $kept = get_option(self::OPTION);
        $texts = is_array($kept) ? array_filter($kept, 'is_string') : [];

        return array_intersect_key($texts, self::DEFAULTS) + self::DEFAULTS;
    }

    private static function within(string $name, int $min, int $max): int
    {
        $text = self::text($name);

        return max($min, min($max, (int) (is_numeric($text) ? $text : self::DEFAULTS[$name])));
    }
}
