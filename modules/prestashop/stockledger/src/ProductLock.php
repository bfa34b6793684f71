<?php

namespace StockLedgerModule;

/**
 * One request at a time takes stock of a product, until it ends. The shop reads a row, subtracts, and writes it back: two
 * orders at once lose one of the two. It repairs the shop's own counting and nothing of the ledger's.
 */
final class ProductLock
{
    /** Beyond this an order goes on without: the lock must not cost more than what it saves. */
    const PRODUCTS_MAX = 50;

    /** @param int[] $productIds in ascending order, the same for everybody, or two orders would wait for each other */
    public static function takeAll(array $productIds)
    {
        $until = microtime(true) + Lock::WAIT_SECONDS_MAX;
        foreach (array_slice($productIds, 0, self::PRODUCTS_MAX) as $id) {
            $left = (int) ceil($until - microtime(true));
            if ($left <= 0 || Lock::take('product', (string) $id, $left) !== Lock::GOT) {
                Guard::log('product ' . $id . ' is not locked');

                return;
            }
        }
    }
}
