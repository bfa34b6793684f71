<?php

namespace StockLedgerModule;

/** Asks the ledger to hold a cart, and remembers what came of it. */
final class CartHold
{
    /** @var Holder */
    private $holder;

    public function __construct(Holder $holder)
    {
        $this->holder = $holder;
    }

    public function ask(int $idCart): Verdict
    {
        $lines = CartLines::of($idCart);
        $reservation = Reservation::ofCart($idCart);
        if ($lines === [] || $reservation === '') {
            return Verdict::nothingToHold();
        }
        $verdict = $this->holder->verdictOn($reservation, $lines);
        HoldBook::remember($idCart, $verdict, $lines);

        return $verdict;
    }
}
