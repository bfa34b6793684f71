<?php

namespace StockLedgerModule;

/**
 * Rows that wait to be sent. A hook writes one and goes on. The table is bounded: when it is full the oldest are kept, as
 * what follows from them is read again anyway, and what was not kept is counted.
 */
final class Outbox
{
    /** A shop of 10,000 orders a day that nobody reads from fills it in about a day. */
    const ROWS_MAX = 50000;

    public static function add(OutboxEvent $event)
    {
        $table = Sql::table('stockledger_outbox');
        $cart = self::cartOf($event);
        $values = implode(', ', [
            Sql::text(self::newId()),
            Sql::text($event->kind),
            $cart['id_shop'],
            $event->idOrder,
            $cart['id_cart'],
            Sql::text(self::now()),
            Sql::text((string) json_encode((object) $event->hint)),
        ]);
        $insert = 'INSERT INTO ' . $table . ' (event_id, kind, id_shop, id_order, id_cart, occurred_at, hint) VALUES (' . $values . ')';
        if (self::isFull() || Sql::insist($insert) !== 1) {
            Notes::addOne(Notes::DROPPED);
        }
    }

    /**
     * Between the first and the last number there are as many rows, or fewer: two reads of the primary key. They are a question of
     * their own: in one statement with the row they lock what others add to, and in a crowd of checkouts the database refuses one
     * of them twice (seen).
     */
    private static function isFull(): bool
    {
        $span = Sql::value('SELECT COALESCE(MAX(sequence) - MIN(sequence) + 1, 0) AS n FROM ' . Sql::table('stockledger_outbox'));

        return (int) $span >= self::ROWS_MAX;
    }

    public static function waiting(): int
    {
        return (int) Sql::value('SELECT COUNT(*) AS n FROM ' . Sql::table('stockledger_outbox'));
    }

    /** The oldest rows first. @return array[] */
    public static function oldest(int $count): array
    {
        return Sql::rows('SELECT * FROM ' . Sql::table('stockledger_outbox') . ' ORDER BY sequence LIMIT ' . $count);
    }

    public static function remove(int $sequence)
    {
        return Sql::change('DELETE FROM ' . Sql::table('stockledger_outbox') . ' WHERE sequence = ' . $sequence);
    }

    /** Shop and cart of an event that names only its order, or only its cart. */
    private static function cartOf(OutboxEvent $event): array
    {
        $row = $event->idOrder > 0
            ? Sql::row('SELECT id_shop, id_cart FROM ' . Sql::table('orders') . ' WHERE id_order = ' . $event->idOrder)
            : Sql::row('SELECT id_shop, id_cart FROM ' . Sql::table('cart') . ' WHERE id_cart = ' . $event->idCart);

        return $row === null
            ? ['id_shop' => 0, 'id_cart' => $event->idCart]
            : ['id_shop' => (int) $row['id_shop'], 'id_cart' => (int) $row['id_cart']];
    }

    /** A random UUID (RFC 9562, version 4). */
    private static function newId(): string
    {
        $bytes = random_bytes(16);
        $bytes[6] = chr((ord($bytes[6]) & 0x0f) | 0x40);
        $bytes[8] = chr((ord($bytes[8]) & 0x3f) | 0x80);

        return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
    }

    private static function now(): string
    {
        $now = microtime(true);

        return gmdate('Y-m-d\TH:i:s', (int) $now) . sprintf('.%03dZ', (int) (($now - floor($now)) * 1000));
    }
}
