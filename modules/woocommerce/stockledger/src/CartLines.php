<?php

namespace StockLedgerModule;

/**
 * The lines of the shopper's cart as the ledger takes them. Units are counted where the shop counts them: at the variation,
 * or at the product that counts for its variations; the SKU of that one is the ledger's.
 */
final class CartLines
{
    /** What the ledger takes in one cart. */
    const LINES_MAX = 200;

    /**
     * Products without a SKU, and those whose stock the shop does not manage, are left out: nothing can be asked about them.
     *
     * @return CartLine[]
     */
    public static function ofCart(): array
    {
        $lines = [];
        foreach (self::items() as $item) {
            $line = self::lineOf($item['data'], (float) $item['quantity']);
            if ($line === null) {
                continue;
            }
            if (isset($lines[$line->listing])) {
                $lines[$line->listing]->quantity += $line->quantity;
            } else {
                $lines[$line->listing] = $line;
            }
        }

        return array_slice(array_values($lines), 0, self::LINES_MAX);
    }

    /** Tells a cart from another one by what is in it, known to the ledger or not. */
    public static function fingerprint(): string
    {
        $parts = array_map(static function (array $item) {
            return $item['data']->get_id() . "\0" . $item['quantity'];
        }, array_values(self::items()));
        sort($parts);

        return sha1(implode("\1", $parts));
    }

    /** @param CartLine[] $lines */
    public static function fingerprintOf(array $lines): string
    {
        $parts = array_map(static function (CartLine $line) {
            return $line->sku . "\0" . $line->listing . "\0" . $line->quantity;
        }, $lines);
        sort($parts);

        return sha1(implode("\1", $parts));
    }

    /**
     * @param CartLine[] $lines
     *
     * @return int[] units by the id of the product or variation that counts them
     */
    public static function unitsOf(array $lines): array
    {
        $units = [];
        foreach ($lines as $line) {
            $ids = explode(':', $line->listing);
            $units[(int) end($ids)] = $line->quantity;
        }

        return $units;
    }

    private static function items(): array
    {
        $cart = WC()->cart;

        return is_object($cart) ? array_filter($cart->get_cart(), static function ($item) {
            return isset($item['data'], $item['quantity']) && $item['data'] instanceof \WC_Product;
        }) : [];
    }

    private static function lineOf(\WC_Product $product, float $quantity)
    {
        if (!$product->managing_stock() || $quantity <= 0) {
            return null;
        }
        $idCounting = (int) $product->get_stock_managed_by_id();
        $counting = $idCounting === (int) $product->get_id() ? $product : wc_get_product($idCounting);
        $sku = $counting instanceof \WC_Product ? trim((string) $counting->get_sku()) : '';
        if ($sku === '') {
            return null;
        }
        $listing = $counting->is_type('variation') ? $counting->get_parent_id() . ':' . $idCounting : (string) $idCounting;

        return new CartLine($sku, (int) ceil($quantity), $listing, (string) $product->get_name());
    }
}
