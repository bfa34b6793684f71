<?php

namespace StockLedgerModule;

/**
 * Something that happened to an order or a cart. It is a hint: the receiver reads the whole order from the shop. Ids and
 * small facts go along, never what a shopper has typed.
 */
final class OutboxEvent
{
    const STATE = 'order_state';
    const CREATED = 'order_created';
    const EDITED = 'order_edited';
    const CANCELLED_LINE = 'line_cancelled';
    const SLIP = 'order_slip';
    const SOLD_SHORT = 'sold_short';

    /** @var string */
    public $kind;
    /** @var int 0 where there is none (yet) */
    public $idOrder;
    /** @var int */
    public $idCart;
    /** @var array */
    public $hint;

    private function __construct(string $kind, int $idOrder, int $idCart, array $hint)
    {
        $this->kind = $kind;
        $this->idOrder = $idOrder;
        $this->idCart = $idCart;
        $this->hint = $hint;
    }

    public static function state($history): self
    {
        return new self(self::STATE, (int) $history->id_order, 0, [
            'historyId' => (int) $history->id,
            'stateId' => (int) $history->id_order_state,
        ]);
    }

    /** `hold`: what the ledger said last of the cart; absent where it was never asked. */
    public static function created($order): self
    {
        $verdict = HoldBook::verdictOn((int) $order->id_cart);

        return new self(self::CREATED, (int) $order->id, (int) $order->id_cart, $verdict === '' ? [] : ['hold' => $verdict]);
    }

    public static function edited($order): self
    {
        return new self(self::EDITED, (int) $order->id, (int) $order->id_cart, []);
    }

    public static function cancelledLine($order, array $params): self
    {
        return new self(self::CANCELLED_LINE, (int) $order->id, (int) $order->id_cart, array_filter([
            'orderDetailId' => isset($params['id_order_detail']) ? (int) $params['id_order_detail'] : 0,
            'quantity' => isset($params['cancel_quantity']) ? (int) $params['cancel_quantity'] : 0,
        ]));
    }

    public static function slip($order): self
    {
        return new self(self::SLIP, (int) $order->id, (int) $order->id_cart, []);
    }

    /** Money has moved for units that the ledger does not have. */
    public static function soldShort(int $idCart, array $shortage): self
    {
        return new self(self::SOLD_SHORT, 0, $idCart, [
            'sku' => $shortage['sku'],
            'requested' => $shortage['requested'],
            'available' => $shortage['available'],
        ]);
    }
}
