<?php

namespace StockLedgerModule;

/** What shoppers read, in their language. The shop escapes translations for HTML; what is put into them is escaped here. */
final class Texts
{
    /** @var \Module */
    private $module;

    public function __construct(\Module $module)
    {
        $this->module = $module;
    }

    /** @param array $shortage name, requested, available */
    public function shortage(array $shortage): string
    {
        $name = htmlspecialchars((string) $shortage['name'], ENT_QUOTES, 'UTF-8');
        if ($shortage['available'] === 0) {
            return sprintf($this->module->l('%s is not available any more. Please take it out of your cart.', 'texts'), $name);
        }
        $text = $this->module->l('Of %1$s only %2$d are available, and your cart has %3$d. Please change the quantity.', 'texts');

        return sprintf($text, $name, $shortage['available'], $shortage['requested']);
    }

    public function cannotCheck(): string
    {
        return $this->module->l('We cannot check our stock right now. Please try again in a minute.', 'texts');
    }

    public function orderExistsTitle(): string
    {
        return $this->module->l('Your order has been placed', 'texts');
    }

    public function orderExistsText(): string
    {
        return $this->module->l('It was placed a moment ago, and you will find it among your orders. Nothing is ordered twice.', 'texts');
    }

    /** @param string $date as the shop writes dates; empty where nobody knows */
    public function availability(string $state, string $date): string
    {
        if ($state === 'preorder') {
            return $date === ''
                ? $this->module->l('Order now, sent when released', 'texts')
                : sprintf($this->module->l('Order now, sent from %s on', 'texts'), $date);
        }
        if ($state === 'backorder') {
            return $date === ''
                ? $this->module->l('More are on their way', 'texts')
                : sprintf($this->module->l('Expected on %s', 'texts'), $date);
        }

        return $state === 'limited' ? $this->module->l('Only a few left', 'texts') : '';
    }
}
