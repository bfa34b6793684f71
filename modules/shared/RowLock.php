<?php

namespace StockLedgerModule;

/**
 * A unique row per lock, for clusters whose nodes do not share GET_LOCK. It is freed at the end of the request; the row
 * of a process that was killed counts for nothing after a minute.
 */
final class RowLock
{
    const LEASE_SECONDS = 60;
    const RETRY_MICROS = 30000;

    public static function take(string $name, int $seconds): string
    {
        $holder = bin2hex(random_bytes(8));
        $until = microtime(true) + $seconds;
        do {
            $changed = self::insert($name, $holder);
            if ($changed === 1) {
                register_shutdown_function([self::class, 'free'], $name, $holder);

                return Lock::GOT;
            }
            if ($changed === null) {
                return Lock::UNAVAILABLE;
            }
            usleep(self::RETRY_MICROS);
        } while (microtime(true) < $until);

        return Lock::BUSY;
    }

    public static function free(string $name, string $holder)
    {
        Sql::change(
            'DELETE FROM ' . self::table() . ' WHERE name = ' . Sql::text($name) . ' AND holder = ' . Sql::text($holder)
        );
    }

    private static function insert(string $name, string $holder)
    {
        Sql::change('DELETE FROM ' . self::table() . ' WHERE name = ' . Sql::text($name) . ' AND until < UNIX_TIMESTAMP()');

        return Sql::change(
            'INSERT IGNORE INTO ' . self::table() . ' (name, holder, until) VALUES (' . Sql::text($name) . ', '
            . Sql::text($holder) . ', UNIX_TIMESTAMP() + ' . self::LEASE_SECONDS . ')'
        );
    }

    private static function table(): string
    {
        return Sql::table('stockledger_lock');
    }
}
