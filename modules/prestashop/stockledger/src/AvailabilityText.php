<?php

namespace StockLedgerModule;

/** The line under a product's price. */
final class AvailabilityText
{
    /** @var Texts */
    private $texts;

    public function __construct(\Module $module)
    {
        $this->texts = new Texts($module);
    }

    /** @param array|\ArrayAccess $product as the product page has it */
    public function of($product): string
    {
        if (!Settings::isOn(Settings::AVAILABILITY)) {
            return '';
        }
        $row = Availability::of((int) $product['id_product'], (int) $product['id_product_attribute']);
        if ($row === null) {
            return '';
        }
        $date = $row['arrives'] === null ? '' : (string) \Tools::displayDate((string) $row['arrives']);
        $text = $this->texts->availability((string) $row['state'], htmlspecialchars($date, ENT_QUOTES, 'UTF-8'));

        return $text === '' ? '' : '<p class="stockledger-availability">' . $text . '</p>';
    }
}
