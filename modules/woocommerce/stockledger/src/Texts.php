<?php

namespace StockLedgerModule;

/** What shoppers read, in their language. What is put into a text is escaped: the shop prints notices as HTML. */
final class Texts
{
    const DOMAIN = 'stockledger';

    /** @param array $shortage name, requested, available */
    public static function shortage(array $shortage): string
    {
        $name = esc_html((string) $shortage['name']);
        if ($shortage['available'] === 0) {
            return sprintf(__('%s is not available any more. Please take it out of your cart.', 'stockledger'), $name);
        }
        $text = __('Of %1$s only %2$d are available, and your cart has %3$d. Please change the quantity.', 'stockledger');

        return sprintf($text, $name, $shortage['available'], $shortage['requested']);
    }

    public static function cannotCheck(): string
    {
        return __('We cannot check our stock right now. Please try again in a minute.', 'stockledger');
    }

    public static function orderIsBeingMade(): string
    {
        return __('Your order is being placed. Please wait a moment, and do not send it again.', 'stockledger');
    }

    public static function orderExists(): string
    {
        return __('Your order has been placed. Nothing is ordered twice.', 'stockledger');
    }
}
