<?php

namespace StockLedgerModule;

/** A row of the outbox as it is sent: contracts/outbox-event.schema.json describes it. */
final class Message
{
    /** @param array $row of the outbox */
    public static function bodyOf(array $row): string
    {
        $idShop = (int) $row['id_shop'];
        $idCart = (int) $row['id_cart'];
        $body = [
            'eventId' => (string) $row['event_id'],
            'sequence' => (int) $row['sequence'],
            'kind' => (string) $row['kind'],
            'shopId' => $idShop,
            'orderId' => (int) $row['id_order'],
            'cartId' => $idCart,
            'reservation' => $idShop > 0 && $idCart > 0 ? Reservation::keyOf($idShop, $idCart) : '',
            'occurredAt' => (string) $row['occurred_at'],
        ];
        // An order that does not exist yet, or a shop that is not known, is left out.
        $body = array_filter($body) + ['hint' => (object) json_decode((string) $row['hint'], true)];
        $body['droppedBefore'] = (int) Notes::get(Notes::DROPPED);

        return (string) json_encode($body);
    }
}
