<?php

namespace StockLedgerModule;

/**
 * Something that happened to an order or to a figure of stock. It is a hint: the receiver reads from the shop. Ids and small
 * facts go along, never what a shopper has typed.
 */
final class OutboxEvent
{
    const CREATED = 'order_created';
    const STATUS = 'order_status';
    const EDITED = 'order_edited';
    const REFUNDED = 'order_refunded';
    const REFUND_DELETED = 'refund_deleted';
    const TRASHED = 'order_trashed';
    const RESTORED = 'order_restored';
    const DELETED = 'order_deleted';
    const STOCK = 'stock_set';

    /** What the block checkout writes while somebody still types: it is no order yet. */
    const DRAFT = 'checkout-draft';

    /** @var string */
    public $kind;
    /** @var int 0 where it is about no order */
    public $idOrder;
    /** @var string of the cart that the order was made of; empty where that is not known */
    public $reservation;
    /** @var array */
    public $hint;

    private function __construct(string $kind, int $idOrder, string $reservation, array $hint)
    {
        $this->kind = $kind;
        $this->idOrder = $idOrder;
        $this->reservation = $reservation;
        $this->hint = $hint;
    }

    public static function ofOrder(string $kind, int $idOrder, array $hint = []): self
    {
        return new self($kind, $idOrder, CartBook::reservationOf($idOrder), $hint);
    }

    /** Null for a draft. The book does not have the order yet when it is written. */
    public static function created(int $idOrder, $order)
    {
        $isDraft = is_object($order) && $order->get_status() === self::DRAFT;
        $reservation = is_object($order) ? (string) $order->get_meta(Checkout::RESERVATION_META) : '';

        return $isDraft ? null : new self(self::CREATED, $idOrder, $reservation, self::holdOf($reservation));
    }

    public static function status(int $idOrder, string $from, string $to): self
    {
        $reservation = CartBook::reservationOf($idOrder);

        return new self(self::STATUS, $idOrder, $reservation, ['from' => $from, 'to' => $to] + self::holdOf($reservation));
    }

    /** Null for what the ledger has written itself. */
    public static function stock($product)
    {
        if (StockRoute::isWriting()) {
            return null;
        }
        $isVariation = $product->is_type('variation');

        return new self(self::STOCK, 0, '', array_filter([
            'productId' => (int) ($isVariation ? $product->get_parent_id() : $product->get_id()),
            'variationId' => $isVariation ? (int) $product->get_id() : 0,
        ]) + ['quantity' => (int) $product->get_stock_quantity()]);
    }

    /** What the ledger said last of the cart; nothing where it was never asked. */
    private static function holdOf(string $reservation): array
    {
        $verdict = $reservation === '' ? '' : CartBook::verdictOn($reservation);

        return $verdict === '' ? [] : ['hold' => $verdict];
    }
}
