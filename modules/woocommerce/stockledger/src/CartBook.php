<?php

namespace StockLedgerModule;

/** What is known of each cart: what the ledger said last, what it holds of it, and which order was made of it. */
final class CartBook
{
    /** Rows of carts are of no use once nothing of them can be waiting. */
    const KEPT_SECONDS = 604800;

    /** @param CartLine[] $lines */
    public static function remember(string $reservation, Verdict $verdict, array $lines)
    {
        $isHeld = $verdict->kind === Verdict::HELD;
        // What could not be asked does not end what is held.
        $kept = $verdict->kind === Verdict::UNKNOWN;
        Sql::insist(
            'INSERT INTO ' . self::table() . ' (reservation, customer, verdict, fingerprint, held_until, id_order, ordered_lines, ordered_at, touched_at) VALUES ('
            . Sql::text($reservation) . ', ' . Sql::text(Reservation::customer()) . ', ' . Sql::text($verdict->kind) . ', '
            . Sql::text(CartLines::fingerprintOf($lines)) . ', ' . ($isHeld ? self::heldUntil() : '0')
            . ', 0, \'\', 0, UNIX_TIMESTAMP()) ON DUPLICATE KEY UPDATE verdict = VALUES(verdict), touched_at = VALUES(touched_at)'
            . ($kept ? '' : ', fingerprint = VALUES(fingerprint), held_until = VALUES(held_until)')
        );
        if ($isHeld) {
            self::rememberUnits($reservation, $lines);
        }
    }

    /**
     * Whether the ledger holds exactly these lines for the cart, by what it said last.
     *
     * @param CartLine[] $lines
     */
    public static function isHeld(string $reservation, array $lines): bool
    {
        $row = Sql::row(
            'SELECT fingerprint, held_until > UNIX_TIMESTAMP() AS runs FROM ' . self::table()
            . ' WHERE reservation = ' . Sql::text($reservation)
        );

        return $row !== null && (int) $row['runs'] === 1 && $row['fingerprint'] === CartLines::fingerprintOf($lines);
    }

    /** What carts hold of a product that have neither made an order nor begun to: the shop counts those itself. */
    public static function heldByOthers(int $idProduct, string $reservation): int
    {
        return (int) Sql::value(
            'SELECT COALESCE(SUM(h.quantity), 0) FROM ' . Sql::table('stockledger_hold') . ' h JOIN ' . self::table()
            . ' c ON c.reservation = h.reservation WHERE h.id_product = ' . $idProduct
            . ' AND h.held_until > UNIX_TIMESTAMP() AND c.id_order = 0 AND h.reservation <> ' . Sql::text($reservation)
        );
    }

    public static function rememberOrder(string $reservation, int $idOrder, string $orderedLines)
    {
        Sql::insist(
            'INSERT INTO ' . self::table() . ' (reservation, customer, verdict, fingerprint, held_until, id_order, ordered_lines, ordered_at, touched_at) VALUES ('
            . Sql::text($reservation) . ', ' . Sql::text(Reservation::customer()) . ', \'\', \'\', 0, ' . $idOrder . ', '
            . Sql::text($orderedLines) . ', UNIX_TIMESTAMP(), UNIX_TIMESTAMP()) ON DUPLICATE KEY UPDATE id_order = VALUES(id_order),'
            . ' ordered_lines = VALUES(ordered_lines), ordered_at = VALUES(ordered_at), touched_at = VALUES(touched_at)'
        );
    }

    /** The shop has given the order up. */
    public static function forgetOrder(int $idOrder)
    {
        Sql::change('UPDATE ' . self::table() . ' SET id_order = 0 WHERE id_order = ' . $idOrder);
    }

    /** @return array|null id_order, ordered_lines and age in seconds of the order that was made of a cart */
    public static function orderOf(string $reservation)
    {
        return Sql::row(
            'SELECT id_order, ordered_lines, UNIX_TIMESTAMP() - ordered_at AS age FROM ' . self::table()
            . ' WHERE id_order > 0 AND reservation = ' . Sql::text($reservation)
        );
    }

    /** The key that a customer's cart had last, unless its order is longer ago than this; empty where there is none. */
    public static function newestOf(string $customer, int $seconds): string
    {
        return (string) Sql::value(
            'SELECT reservation FROM ' . self::table() . ' WHERE customer = ' . Sql::text($customer)
            . ' AND (id_order = 0 OR ordered_at > UNIX_TIMESTAMP() - ' . $seconds . ') ORDER BY touched_at DESC LIMIT 1'
        );
    }

    /** The order that a customer made within so many seconds; 0 where there is none. */
    public static function justOrderedBy(string $customer, int $seconds): int
    {
        return (int) Sql::value(
            'SELECT id_order FROM ' . self::table() . ' WHERE id_order > 0 AND customer = ' . Sql::text($customer)
            . ' AND ordered_at >= UNIX_TIMESTAMP() - ' . $seconds . ' ORDER BY ordered_at DESC, id_order DESC LIMIT 1'
        );
    }

    /** Of the cart that an order was made of; empty where that is not known (any more). */
    public static function reservationOf(int $idOrder): string
    {
        return (string) Sql::value('SELECT reservation FROM ' . self::table() . ' WHERE id_order = ' . $idOrder . ' LIMIT 1');
    }

    /** What the ledger said last of a cart; empty where it was never asked. */
    public static function verdictOn(string $reservation): string
    {
        return (string) Sql::value('SELECT verdict FROM ' . self::table() . ' WHERE reservation = ' . Sql::text($reservation));
    }

    public static function forgetOld()
    {
        Sql::change('DELETE FROM ' . self::table() . ' WHERE touched_at < UNIX_TIMESTAMP() - ' . self::KEPT_SECONDS);
        Sql::change('DELETE FROM ' . Sql::table('stockledger_hold') . ' WHERE held_until < UNIX_TIMESTAMP()');
    }

    /** @param CartLine[] $lines all of them: the hold is set, not added */
    private static function rememberUnits(string $reservation, array $lines)
    {
        $units = CartLines::unitsOf($lines);
        $values = [];
        foreach ($units as $idProduct => $quantity) {
            $values[] = '(' . Sql::text($reservation) . ', ' . $idProduct . ', ' . $quantity . ', ' . self::heldUntil() . ')';
        }
        Sql::change(
            'DELETE FROM ' . Sql::table('stockledger_hold') . ' WHERE reservation = ' . Sql::text($reservation)
            . ' AND id_product NOT IN (' . implode(', ', array_keys($units)) . ')'
        );
        Sql::insist(
            'INSERT INTO ' . Sql::table('stockledger_hold') . ' (reservation, id_product, quantity, held_until) VALUES '
            . implode(', ', $values) . ' ON DUPLICATE KEY UPDATE quantity = VALUES(quantity), held_until = VALUES(held_until)'
        );
    }

    private static function heldUntil(): string
    {
        return 'UNIX_TIMESTAMP() + ' . Settings::holdSeconds();
    }

    private static function table(): string
    {
        return Sql::table('stockledger_cart');
    }
}
