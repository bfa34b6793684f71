<?php

namespace StockLedgerModule;

/** Small things that outlive a request: counters and what went wrong last, a row each. */
final class Notes
{
    const LEDGER_ERROR = 'ledger_error';
    const DROPPED = 'outbox_dropped';
    const REJECTED = 'outbox_rejected';
    const SEND_FAILURES = 'send_failures';
    const SEND_AFTER = 'send_after';
    const SEND_ERROR = 'send_error';
    const CRON_AT = 'cron_at';
    const AVAILABILITY_AT = 'availability_at';

    const TEXT_MAX = 255;

    public static function get(string $name): string
    {
        $value = Sql::value('SELECT value FROM ' . self::table() . ' WHERE name = ' . Sql::text($name));

        return $value === null ? '' : (string) $value;
    }

    public static function set(string $name, string $value)
    {
        $text = Sql::text(substr($value, 0, self::TEXT_MAX));
        Sql::change(
            'INSERT INTO ' . self::table() . ' (name, value) VALUES (' . Sql::text($name) . ', ' . $text
            . ') ON DUPLICATE KEY UPDATE value = VALUES(value)'
        );
    }

    public static function addOne(string $name)
    {
        Sql::change(
            'INSERT INTO ' . self::table() . ' (name, value) VALUES (' . Sql::text($name)
            . ', \'1\') ON DUPLICATE KEY UPDATE value = CAST(value AS UNSIGNED) + 1'
        );
    }

    private static function table(): string
    {
        return Sql::table('stockledger_note');
    }
}
