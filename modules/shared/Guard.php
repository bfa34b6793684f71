<?php

namespace StockLedgerModule;

/**
 * Nothing that fails in here may reach the shop: a thrown exception is an HTTP 500 in its developer mode, and a thrown
 * Error leaves stock taken without an order.
 */
final class Guard
{
    /**
     * What the work returns, or the given value where it throws.
     *
     * @param callable $work
     * @param mixed $otherwise
     *
     * @return mixed
     */
    public static function run(callable $work, $otherwise = null)
    {
        try {
            return $work();
        } catch (\Throwable $error) {
            self::log($error->getMessage() . ' in ' . basename($error->getFile()) . ':' . $error->getLine());

            return $otherwise;
        }
    }

    /** Written where the web server writes its errors; the shop's own log is a table, and that may be what is broken. */
    public static function log(string $message)
    {
        error_log('stockledger: ' . $message);
    }
}
