<?php

namespace StockLedgerModule;

/** The moments of a checkout that the ledger has a say in. All of them are before the payment. */
final class Checkout
{
    /** Where an order says which hold it is for. */
    const RESERVATION_META = '_stockledger_reservation';

    /** @var string|null what was found against the cart of this request; a block checkout looks more than once */
    private static $reason;

    /** @var Holder */
    private $holder;

    public function __construct(Holder $holder)
    {
        $this->holder = $holder;
    }

    /** The checkout is shown or posted: the cart is held from here on, or the shopper reads why not. */
    public function cartIsChecked()
    {
        if (!CheckoutRequest::isPost() && !CheckoutRequest::isShown()) {
            return;
        }
        if (self::$reason === null) {
            self::$reason = '';
            self::$reason = $this->reasonAgainstCart();
        }
        if (self::$reason !== '' && !wc_has_notice(self::$reason, 'error')) {
            wc_add_notice(self::$reason, 'error');
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

    /** Why this cart may not go on; empty where it may. */
    private function reasonAgainstCart(): string
    {
        if (CheckoutRequest::isPost()) {
            $reason = OneOrder::reasonAgainst();
            if ($reason !== '') {
                return $reason;
            }
        }
        $reservation = Reservation::current();
        $lines = CartLines::ofCart();
        if ($lines === [] || $reservation === '') {
            return '';
        }
        $verdict = $this->holder->verdictOn($reservation, $lines);
        CartBook::remember($reservation, $verdict, $lines);

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
