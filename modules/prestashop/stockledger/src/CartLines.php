<?php

namespace StockLedgerModule;

/**
 * The lines of a cart as the ledger takes them: the reference of the combination, else of the product, is the SKU. A pack
 * whose components are taken from stock stands for them.
 */
final class CartLines
{
    /** What the ledger takes in one cart. */
    const LINES_MAX = 200;

    /** pack_stock_type: the pack alone, its products, both, as the shop's setting says. */
    const PACK_ONLY = 0;
    const PACK_DEFAULT = 3;

    /**
     * Products without a reference are left out: nothing can be asked about them.
     *
     * @return CartLine[]
     */
    public static function of(int $idCart): array
    {
        $lines = [];
        foreach (self::rows($idCart) as $row) {
            foreach (self::isExpanded($row) ? self::components($row) : [self::lineOf($row)] as $line) {
                if ($line->sku !== '' && $line->quantity > 0) {
                    $lines[] = $line;
                }
            }
        }

        return array_slice(self::merged($lines), 0, self::LINES_MAX);
    }

    /** @return int[] ids of the products whose stock an order of this cart changes, in order */
    public static function productIds(int $idCart): array
    {
        $ids = [];
        foreach (self::rows($idCart) as $row) {
            $ids[] = (int) $row['id_product'];
            foreach ((int) $row['is_pack'] === 1 ? self::packRows((int) $row['id_product']) : [] as $item) {
                $ids[] = (int) $item['id_product'];
            }
        }
        $ids = array_unique($ids);
        sort($ids);

        return $ids;
    }

    private static function rows(int $idCart): array
    {
        return Sql::rows(
            'SELECT cp.id_product, cp.id_product_attribute, SUM(cp.quantity) AS quantity, '
            . self::referenceSql() . ' AS reference, COALESCE(MAX(pl.name), \'\') AS name, '
            . 'MAX(p.cache_is_pack) AS is_pack, MAX(COALESCE(ps.pack_stock_type, p.pack_stock_type)) AS pack_stock_type '
            . 'FROM ' . Sql::table('cart_product') . ' cp '
            . 'JOIN ' . Sql::table('cart') . ' c ON c.id_cart = cp.id_cart '
            . 'JOIN ' . Sql::table('product') . ' p ON p.id_product = cp.id_product '
            . 'LEFT JOIN ' . Sql::table('product_shop') . ' ps ON ps.id_product = p.id_product AND ps.id_shop = c.id_shop '
            . 'LEFT JOIN ' . Sql::table('product_attribute') . ' pa ON pa.id_product_attribute = cp.id_product_attribute '
            . 'LEFT JOIN ' . Sql::table('product_lang') . ' pl '
            . 'ON pl.id_product = p.id_product AND pl.id_shop = c.id_shop AND pl.id_lang = c.id_lang '
            . 'WHERE cp.id_cart = ' . $idCart . ' GROUP BY cp.id_product, cp.id_product_attribute'
        );
    }

    private static function packRows(int $idPack): array
    {
        return Sql::rows(
            'SELECT pk.id_product_item AS id_product, pk.id_product_attribute_item AS id_product_attribute, '
            . 'MAX(pk.quantity) AS quantity, ' . self::referenceSql() . ' AS reference, \'\' AS name '
            . 'FROM ' . Sql::table('pack') . ' pk '
            . 'JOIN ' . Sql::table('product') . ' p ON p.id_product = pk.id_product_item '
            . 'LEFT JOIN ' . Sql::table('product_attribute') . ' pa '
            . 'ON pa.id_product_attribute = pk.id_product_attribute_item '
            . 'WHERE pk.id_product_pack = ' . $idPack
            . ' GROUP BY pk.id_product_item, pk.id_product_attribute_item'
        );
    }

    /** The combination's reference; the product's where it has none. */
    private static function referenceSql(): string
    {
        return 'COALESCE(NULLIF(MAX(pa.reference), \'\'), MAX(p.reference), \'\')';
    }

    private static function isExpanded(array $row): bool
    {
        if ((int) $row['is_pack'] !== 1) {
            return false;
        }
        $type = (int) $row['pack_stock_type'];
        if ($type === self::PACK_DEFAULT) {
            $type = (int) \Configuration::get('PS_PACK_STOCK_TYPE');
        }

        return $type !== self::PACK_ONLY;
    }

    /** @return CartLine[] */
    private static function components(array $pack): array
    {
        return array_map(static function (array $item) use ($pack) {
            $item['quantity'] = (int) $item['quantity'] * (int) $pack['quantity'];
            $item['name'] = $pack['name'];

            return self::lineOf($item);
        }, self::packRows((int) $pack['id_product']));
    }

    private static function lineOf(array $row): CartLine
    {
        $combination = (int) $row['id_product_attribute'];
        $listing = $row['id_product'] . ($combination > 0 ? ':' . $combination : '');

        return new CartLine(trim((string) $row['reference']), (int) $row['quantity'], $listing, (string) $row['name']);
    }

    /**
     * A product sold alone and in a pack is one line of the ledger.
     *
     * @param CartLine[] $lines
     *
     * @return CartLine[]
     */
    private static function merged(array $lines): array
    {
        $bySku = [];
        foreach ($lines as $line) {
            $key = $line->sku . "\0" . $line->listing;
            if (isset($bySku[$key])) {
                $bySku[$key]->quantity += $line->quantity;
            } else {
                $bySku[$key] = $line;
            }
        }

        return array_values($bySku);
    }
}
