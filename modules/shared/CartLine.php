<?php

namespace StockLedgerModule;

/** Units of one SKU that a cart wants, and what of the shop they are sold as. */
final class CartLine
{
    /** @var string */
    public $sku;
    /** @var int */
    public $quantity;
    /** @var string product, or product:combination */
    public $listing;
    /** @var string the product's name, for people */
    public $name;

    public function __construct(string $sku, int $quantity, string $listing, string $name)
    {
        $this->sku = $sku;
        $this->quantity = $quantity;
        $this->listing = $listing;
        $this->name = $name;
    }
}
