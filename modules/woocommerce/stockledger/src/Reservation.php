<?php

namespace StockLedgerModule;

/**
 * The key of a cart's hold at the ledger: random, kept in the shopper's session until the cart is emptied, and written into
 * the order.
 */
final class Reservation
{
    const SESSION_KEY = 'stockledger_reservation';

    /** Who the session is of: the number of a customer, or the random name of a guest; empty where there is none. */
    public static function customer(): string
    {
        $session = self::session();

        return $session === null ? '' : (string) $session->get_customer_id();
    }

    /** Of the shopper's cart; empty where it was never held. */
    public static function known(): string
    {
        $session = self::session();
        $kept = $session === null ? '' : $session->get(self::SESSION_KEY);

        return is_string($kept) && strlen($kept) === 36 ? $kept : '';
    }

    /**
     * Of the shopper's cart, made where it has none. A session that was read before another request of the same shopper
     * wrote the key finds it in the book.
     */
    public static function current(): string
    {
        $known = self::known();
        if ($known !== '' || self::session() === null) {
            return $known;
        }
        $newest = CartBook::newestOf(self::customer(), OneOrder::SAME_WISH_SECONDS);

        return self::keep($newest === '' ? wp_generate_uuid4() : $newest);
    }

    /** The next cart of the shopper is another one. */
    public static function renew()
    {
        if (self::session() !== null) {
            self::keep(wp_generate_uuid4());
        }
    }

    private static function keep(string $reservation): string
    {
        self::session()->set(self::SESSION_KEY, $reservation);

        return $reservation;
    }

    /** None where nobody shops: cron, command line, back office. */
    private static function session()
    {
        return function_exists('WC') && is_object(WC()->session) ? WC()->session : null;
    }
}
