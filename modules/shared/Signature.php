<?php

namespace StockLedgerModule;

/** What goes with a message, so that the receiver knows who wrote it, when, and whether it had it before. */
final class Signature
{
    /** @return string[] headers: the signature is over the second of sending and the body's bytes */
    public static function headersOf(string $eventId, string $body, string $secret, int $now): array
    {
        return [
            'Content-Type: application/json',
            'X-Ledger-Timestamp: ' . $now,
            'X-Ledger-Event-Id: ' . $eventId,
            'X-Ledger-Signature: v1=' . hash_hmac('sha256', $now . '.' . $body, $secret),
        ];
    }
}
