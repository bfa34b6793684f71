<?php

namespace StockLedgerModule;

/** One request at a time makes orders of a cart. */
final class CartLock
{
    /** @var string[] by cart: asked for once in a request, so that nobody waits twice */
    private static $taken = [];

    public static function take(int $idCart): string
    {
        if (!isset(self::$taken[$idCart])) {
            self::$taken[$idCart] = Lock::take('cart', (string) $idCart, Lock::WAIT_SECONDS_MAX);
        }

        return self::$taken[$idCart];
    }
}
