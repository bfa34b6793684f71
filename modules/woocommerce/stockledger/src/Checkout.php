<?php

namespace StockLedgerModule;

/** The moments of a checkout that the ledger has a say in. All of them are before the payment. */
final class Checkout
{
    /** Where an order says which hold it is for. */
    const RESERVATION_META = '_stockledger_reservation';

    /** @var string|null why this post may make no order: a block checkout looks more than once */
    private static $second;
    /** @var string|null what the ledger has against the cart of this request */
    private static $shortage;

    /** @var Holder */
    private $holder;

    public function __construct(Holder $holder)
    {
        $this->holder = $holder;
    }

    /** A post, before anybody looks at its cart: of what its first order has taken it would be told that it is not there. */
    public function postBegins()
    {
        if (!CheckoutRequest::isPost()) {
            return;
        }
        if (self::$second === null) {
            self::$second = '';
            self::$second = OneOrder::reasonAgainst();
        }
        self::refuse(self::$second);
    }

    /** The block checkout is told that there will be no order, maybe by what looks earlier than this module: there may be one. */
    public function postIsRefused()
    {
        OneOrder::leadLatePress();
        if (self::$second === null) {
            self::$second = OneOrder::reasonAgainst();
        }
    }

    /** The checkout is shown or posted: the cart is held from here on, or the shopper reads why not. */
    public function cartIsChecked()
    {
        if (!CheckoutRequest::isPost() && !CheckoutRequest::isShown()) {
            return;
        }
        // Of what is refused already there will be no order: nothing is held for it.
        if (self::$shortage === null && wc_notice_count('error') > 0) {
            return;
        }
        if (self::$shortage === null) {
            self::$shortage = '';
            self::$shortage = $this->reasonAgainstCart();
        }
        self::refuse(self::$shortage);
    }

    /** The classic page says in place of its form that something is wrong with the cart, and of the notices not one. */
    public function pageIsRefused()
    {
        if (self::$shortage !== null && self::$shortage !== '') {
            wc_print_notice(self::$shortage, 'error');
        }
    }

    /** The order is about to be written: with it, before any money moves, which hold it is for. */
    public function orderIsWritten($order)
    {
        $reservation = Reservation::known();
        if ($reservation !== '') {
            $order->update_meta_data(self::RESERVATION_META, $reservation);
        }
    }

    public function orderIsMade($order)
    {
        $reservation = Reservation::known();
        if ($reservation !== '') {
            CartBook::rememberOrder($reservation, (int) $order->get_id(), CartLines::fingerprint());
        }
    }

    private static function refuse(string $reason)
    {
        if ($reason !== '' && !wc_has_notice($reason, 'error')) {
            wc_add_notice($reason, 'error');
        }
    }

    /** Why this cart may not go on; empty where it may. */
    private function reasonAgainstCart(): string
    {
        $reservation = Reservation::current();
        $lines = CartLines::ofCart();
        if ($lines === [] || $reservation === '') {
            return '';
        }
        $verdict = $this->holder->verdictOn($reservation, $lines);
        CartBook::remember($reservation, $verdict, $lines);
        // Once money has moved nothing is refused: what was sold beyond the stock shows as oversold.
        if (CheckoutRequest::isPost() && Settings::isPrepaid(CheckoutRequest::paymentMethod())) {
            return '';
        }

        return $this->reasonOf($verdict, $reservation, $lines);
    }

    /** @param CartLine[] $lines */
    private function reasonOf(Verdict $verdict, string $reservation, array $lines): string
    {
        if ($verdict->kind === Verdict::REFUSED) {
            return Texts::shortage($verdict->shortage);
        }
        $isClosed = $verdict->kind === Verdict::UNKNOWN && Settings::text(Settings::FAIL_MODE) === 'closed';

        return $isClosed && !CartBook::isHeld($reservation, $lines) ? Texts::cannotCheck() : '';
    }
}
