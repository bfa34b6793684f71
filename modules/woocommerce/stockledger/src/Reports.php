<?php

namespace StockLedgerModule;

/** What happens to orders and to figures of stock, by whomever: an event each in the outbox. */
final class Reports
{
    /** @var bool[] what this request has reported: the shop's ways of throwing an order away tell of it twice */
    private static $reported = [];

    public static function listen()
    {
        self::on('woocommerce_new_order', static function ($idOrder, $order = null) {
            return OutboxEvent::created((int) $idOrder, $order);
        });
        self::on('woocommerce_order_status_changed', static function ($idOrder, $from, $to) {
            return OutboxEvent::status((int) $idOrder, (string) $from, (string) $to);
        });
        self::on('woocommerce_order_refunded', static function ($idOrder, $idRefund) {
            return OutboxEvent::ofOrder(OutboxEvent::REFUNDED, (int) $idOrder, ['refundId' => (int) $idRefund]);
        });
        self::on('woocommerce_refund_deleted', static function ($idRefund, $idOrder) {
            return OutboxEvent::ofOrder(OutboxEvent::REFUND_DELETED, (int) $idOrder, ['refundId' => (int) $idRefund]);
        });
        // By REST the shop tells of the request alone: the refund has lost its number by then.
        self::on('woocommerce_rest_delete_shop_order_refund_object', static function ($refund, $response, $request) {
            return OutboxEvent::ofOrder(OutboxEvent::REFUND_DELETED, (int) $request['order_id'], ['refundId' => (int) $request['id']]);
        });
        self::onOrder('woocommerce_saved_order_items', OutboxEvent::EDITED);
        self::on('woocommerce_ajax_order_items_added', static function ($items, $order) {
            return OutboxEvent::ofOrder(OutboxEvent::EDITED, (int) $order->get_id());
        });
        self::on('woocommerce_ajax_order_items_removed', static function ($idItem, $item, $changed, $order) {
            return OutboxEvent::ofOrder(OutboxEvent::EDITED, (int) $order->get_id());
        });
        self::on('woocommerce_rest_insert_shop_order_object', static function ($order, $request, $isNew) {
            return $isNew ? null : OutboxEvent::ofOrder(OutboxEvent::EDITED, (int) $order->get_id());
        });
        self::onOrder('woocommerce_trash_order', OutboxEvent::TRASHED);
        self::onOrder('woocommerce_untrash_order', OutboxEvent::RESTORED);
        self::onOrder('woocommerce_before_delete_order', OutboxEvent::DELETED);
        self::onOrder('woocommerce_delete_order', OutboxEvent::DELETED);
        self::onPost('wp_trash_post', OutboxEvent::TRASHED);
        self::onPost('untrashed_post', OutboxEvent::RESTORED);
        self::onPost('before_delete_post', OutboxEvent::DELETED);
        self::on('woocommerce_product_set_stock', [OutboxEvent::class, 'stock']);
        self::on('woocommerce_variation_set_stock', [OutboxEvent::class, 'stock']);
    }

    private static function onOrder(string $hook, string $kind)
    {
        self::on($hook, static function ($idOrder) use ($kind) {
            return OutboxEvent::ofOrder($kind, (int) $idOrder);
        });
    }

    /** Where orders are posts, wp-admin throws posts away. */
    private static function onPost(string $hook, string $kind)
    {
        self::on($hook, static function ($idPost) use ($kind) {
            return get_post_type($idPost) === 'shop_order' ? OutboxEvent::ofOrder($kind, (int) $idPost) : null;
        });
    }

    /** @param callable $event of the hook's arguments; null where there is nothing to tell */
    private static function on(string $hook, callable $event)
    {
        add_action($hook, static function (...$arguments) use ($event) {
            Guard::run(static function () use ($event, $arguments) {
                $told = $event(...$arguments);
                if ($told !== null) {
                    self::tell($told);
                }
            });
        }, 20, 4);
    }

    private static function tell(OutboxEvent $event)
    {
        $name = $event->kind . ' ' . $event->idOrder . ' ' . json_encode($event->hint);
        if (!isset(self::$reported[$name])) {
            self::$reported[$name] = true;
            Outbox::add($event);
        }
    }
}
