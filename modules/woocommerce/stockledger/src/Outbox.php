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
        $values = implode(', ', [
            Sql::text(wp_generate_uuid4()),
            Sql::text($event->kind),
            $event->idOrder,
            Sql::text($event->reservation),
            Sql::text(self::now()),
            Sql::text((string) json_encode((object) $event->hint)),
        ]);
        // Between the first and the last number there are as many rows, or fewer: two reads of the primary key.
        $changed = Sql::insist(
            'INSERT INTO ' . $table . ' (event_id, kind, id_order, reservation, occurred_at, hint) SELECT ' . $values
            . ' FROM DUAL WHERE (SELECT COALESCE(MAX(w.sequence) - MIN(w.sequence) + 1, 0) FROM ' . $table . ' w) < ' . self::ROWS_MAX
        );
        if ($changed !== 1) {
            Notes::addOne(Notes::DROPPED);
        }
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

    private static function now(): string
    {
        $now = microtime(true);

        return gmdate('Y-m-d\TH:i:s', (int) $now) . sprintf('.%03dZ', (int) (($now - floor($now)) * 1000));
    }
}
