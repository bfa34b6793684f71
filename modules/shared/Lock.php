<?php

namespace StockLedgerModule;

/** A lock that ends with the request that took it, whatever ends the request. */
final class Lock
{
    const GOT = 'got';
    /** Somebody else has it, and had it for as long as was waited. */
    const BUSY = 'busy';
    /** This database has no such locks, or cannot be asked: nothing is known. */
    const UNAVAILABLE = 'unavailable';

    /** A request that holds a lock longer than this is not waited for: its shopper's browser has given up too. */
    const WAIT_SECONDS_MAX = 5;

    /** @param int $seconds at most this long is waited */
    public static function take(string $kind, string $id, int $seconds): string
    {
        $name = self::nameOf($kind, $id);
        if (Settings::text(Settings::LOCK_KIND) !== 'row') {
            $taken = NamedLock::take($name, $seconds);
            if ($taken !== self::UNAVAILABLE) {
                return $taken;
            }
        }

        return RowLock::take($name, $seconds);
    }

    /** Names are known to the whole database server: shops on it that know nothing of each other must not meet. */
    private static function nameOf(string $kind, string $id): string
    {
        return 'stockledger_' . sha1(Sql::place() . "\0" . $kind . "\0" . $id);
    }
}
