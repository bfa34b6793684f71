<?php

namespace StockLedgerModule;

/**
 * Units that the ledger holds for other shoppers, in the sum that the shop subtracts from its figure. The figure counts them
 * as there: it has to, or the shop would refuse the very shopper who holds the last unit.
 */
final class OthersHolds
{
    /** The sum that the shop selects. It stays the outermost, as the shop adds a lock behind the statement. */
    const SUM = '/^(\s*SELECT\s+)(COALESCE\s*\(\s*SUM\s*\(.*?\)\s*,\s*0\s*\))(\s+FROM\s)/is';

    /** A filter on the statement that sums what is held of a product. */
    public static function addTo($query, $idProduct)
    {
        return Guard::run(static function () use ($query, $idProduct) {
            if (!is_string($query) || !Settings::isOn(Settings::GATE)) {
                return $query;
            }
            $units = CartBook::heldByOthers((int) $idProduct, Reservation::known());

            return $units === 0 ? $query : self::raised($query, $units);
        }, $query);
    }

    private static function raised(string $query, int $units): string
    {
        $raised = preg_replace(self::SUM, '${1}${2} + ' . $units . '${3}', $query, 1, $found);

        return $found === 1 && is_string($raised) ? $raised : 'SELECT (' . $query . ') + ' . $units;
    }
}
