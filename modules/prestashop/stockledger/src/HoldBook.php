<?php

namespace StockLedgerModule;

/** What the ledger said last of each cart. In fail mode `closed` a hold that still runs lets its cart pass. */
final class HoldBook
{
    /** Rows of carts are of no use once nothing of them can be waiting. */
    const KEPT_SECONDS = 604800;

    /** @param CartLine[] $lines */
    public static function remember(int $idCart, Verdict $verdict, array $lines)
    {
        // What could not be asked does not end what is held.
        $until = $verdict->kind === Verdict::HELD ? 'UNIX_TIMESTAMP() + ' . Settings::holdSeconds() : '0';
        $kept = $verdict->kind === Verdict::UNKNOWN;
        Sql::change(
            'INSERT INTO ' . self::table() . ' (id_cart, verdict, fingerprint, held_until, asked_at) VALUES (' . $idCart
            . ', ' . Sql::text($verdict->kind) . ', ' . Sql::text(self::fingerprint($lines)) . ', ' . $until
            . ', UNIX_TIMESTAMP()) ON DUPLICATE KEY UPDATE verdict = VALUES(verdict), asked_at = VALUES(asked_at)'
            . ($kept ? '' : ', fingerprint = VALUES(fingerprint), held_until = VALUES(held_until)')
        );
    }

    /** Whether the ledger holds exactly these lines for the cart, by what it said last. */
    public static function isHeld(int $idCart): bool
    {
        $row = Sql::row(
            'SELECT fingerprint, held_until > UNIX_TIMESTAMP() AS runs FROM ' . self::table()
            . ' WHERE id_cart = ' . $idCart
        );

        return $row !== null
            && (int) $row['runs'] === 1
            && $row['fingerprint'] === self::fingerprint(CartLines::of($idCart));
    }

    /** What was said last; empty where the ledger was never asked about this cart. */
    public static function verdictOn(int $idCart): string
    {
        $verdict = Sql::value('SELECT verdict FROM ' . self::table() . ' WHERE id_cart = ' . $idCart);

        return $verdict === null ? '' : (string) $verdict;
    }

    public static function forgetOld()
    {
        Sql::change('DELETE FROM ' . self::table() . ' WHERE asked_at < UNIX_TIMESTAMP() - ' . self::KEPT_SECONDS);
    }

    /** @param CartLine[] $lines */
    private static function fingerprint(array $lines): string
    {
        $parts = array_map(static function (CartLine $line) {
            return $line->sku . "\0" . $line->listing . "\0" . $line->quantity;
        }, $lines);
        sort($parts);

        return sha1(implode("\1", $parts));
    }

    private static function table(): string
    {
        return Sql::table('stockledger_hold');
    }
}
