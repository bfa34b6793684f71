<?php

namespace StockLedgerModule;

/** GET_LOCK of MySQL and MariaDB: it belongs to the connection, and the server frees it when that ends. */
final class NamedLock
{
    public static function take(string $name, int $seconds): string
    {
        $answer = Sql::value('SELECT GET_LOCK(' . Sql::text($name) . ', ' . $seconds . ') AS got');
        // '1' from one version of the shop's layer, 1 from another; NULL from a server that has none.
        if (!is_numeric($answer)) {
            return Lock::UNAVAILABLE;
        }

        return (int) $answer === 1 ? Lock::GOT : Lock::BUSY;
    }
}
