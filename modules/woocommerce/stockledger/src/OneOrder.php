<?php

namespace StockLedgerModule;

/**
 * One cart is one order. The shop reads a session when a request begins, so that of two at once each finds a full cart and no
 * order: here one waits for the other, and looks at what the database says by then.
 */
final class OneOrder
{
    /** A request that works longer than this for its payment is not waited for: who pressed twice reads to wait. */
    const WAIT_SECONDS_MAX = 10;

    /** The same lines under the same key again within this time are the same wish, not another one. */
    const SAME_WISH_SECONDS = 600;

    /** Who has an empty cart and has ordered this long ago at most has pressed the button once more. */
    const LATE_PRESS_SECONDS = 60;

    /** States of orders that nothing will be sent for: the cart may be ordered again. */
    const ENDED = ['failed', 'cancelled', 'refunded', 'trash', 'auto-draft', 'checkout-draft'];

    /** Why this post may not make an order; empty where it may. Where its order is there, it leads there. */
    public static function reasonAgainst(): string
    {
        $customer = Reservation::customer();
        if ($customer === '') {
            return '';
        }
        if (Lock::take('cart', $customer, self::WAIT_SECONDS_MAX) === Lock::BUSY) {
            return Texts::orderIsBeingMade();
        }
        $reservation = Reservation::current();
        $row = CartBook::orderOf($reservation);
        $order = $row === null ? false : wc_get_order((int) $row['id_order']);
        if (!$order || $order->has_status(self::ENDED) || self::isResumed($order)) {
            return '';
        }
        if (self::isSameWish($row)) {
            return self::leadTo($order);
        }
        // A cart that has changed keeps its hold while its first order may never be paid: it is set to the new lines.
        if (!$order->has_status('pending')) {
            Reservation::renew();
        }

        return '';
    }

    /** A post that came when the order was made and its cart emptied already: it is led to the order too. */
    public static function leadLatePress()
    {
        $isLate = is_object(WC()->cart) && WC()->cart->is_empty() && Reservation::customer() !== '';
        $idOrder = $isLate ? CartBook::justOrderedBy(Reservation::customer(), self::LATE_PRESS_SECONDS) : 0;
        $order = $idOrder === 0 ? false : wc_get_order($idOrder);
        if ($order && !$order->has_status(self::ENDED)) {
            self::leadTo($order);
        }
    }

    /** The shop itself goes on with this order in place of a new one. */
    private static function isResumed($order): bool
    {
        $ids = [(int) WC()->session->get('order_awaiting_payment'), (int) WC()->session->get('store_api_draft_order')];

        return $order->has_status('pending') && in_array((int) $order->get_id(), $ids, true);
    }

    private static function isSameWish(array $row): bool
    {
        return (int) $row['age'] <= self::SAME_WISH_SECONDS && $row['ordered_lines'] === CartLines::fingerprint();
    }

    /** To the page that pays for the order where that is still to be done, else to its confirmation. */
    private static function leadTo($order): string
    {
        $isUnpaid = $order->needs_payment();
        $url = $isUnpaid ? $order->get_checkout_payment_url() : $order->get_checkout_order_received_url();
        // What this request knows of the session is from before the order: it would be written over the first one's.
        if ($isUnpaid) {
            WC()->session->set('order_awaiting_payment', $order->get_id());
        } else {
            WC()->cart->empty_cart();
        }
        if (CheckoutRequest::isBlockPost()) {
            CheckoutRequest::answerWith(self::blockAnswer($order, $url));

            return Texts::orderExists();
        }
        if (wp_doing_ajax()) {
            wp_send_json(['result' => 'success', 'redirect' => $url, 'order_id' => $order->get_id()]);
        }
        wp_safe_redirect($url);
        exit;
    }

    private static function blockAnswer($order, string $url): array
    {
        return [
            'order_id' => $order->get_id(),
            'status' => $order->get_status(),
            'order_key' => $order->get_order_key(),
            'payment_method' => $order->get_payment_method(),
            'payment_result' => ['payment_status' => 'success', 'payment_details' => [], 'redirect_url' => $url],
        ];
    }
}
