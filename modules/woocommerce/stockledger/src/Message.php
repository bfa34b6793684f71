<?php

namespace StockLedgerModule;

/** A row of the outbox as it is sent: contracts/outbox-event.schema.json describes it. */
final class Message
{
    /** @param array $row of the outbox */
    public static function bodyOf(array $row): string
    {
        $body = [
            'eventId' => (string) $row['event_id'],
            'sequence' => (int) $row['sequence'],
            'kind' => (string) $row['kind'],
            'orderId' => (int) $row['id_order'],
            'reservation' => (string) $row['reservation'],
            'occurredAt' => (string) $row['occurred_at'],
        ];
        // What an event is not about is left out.
        $body = array_filter($body) + ['hint' => (object) json_decode((string) $row['hint'], true)];
        $body['droppedBefore'] = (int) Notes::get(Notes::DROPPED);

        return (string) json_encode($body);
    }
}
