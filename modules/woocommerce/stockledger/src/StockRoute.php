<?php

namespace StockLedgerModule;

/**
 * POST wc-stockledger/v1/stock: sets figures of stock, each where it still is what the caller expects. The shop's own API has
 * nothing that is conditional: what is sold between a reading and a writing would be written back in. A key of the shop's REST
 * API opens it, as the namespace begins with wc-.
 */
final class StockRoute
{
    const NAME_SPACE = 'wc-stockledger/v1';
    const ROUTE = '/stock';
    const ROWS_MAX = 100;
    /** What a shop and a browser both count exactly. */
    const QUANTITY_MAX = 2147483647;

    const WRITTEN = 'written';
    const CONFLICT = 'conflict';
    /** The shop does not count the units there: `reason` says why. */
    const UNFIT = 'unfit';
    /** The database did not do it now. */
    const FAILED = 'failed';

    /** @var bool */
    private static $isWriting = false;

    public static function register()
    {
        // The plugin may be active where the shop is not.
        if (!function_exists('wc_rest_check_post_permissions')) {
            return;
        }
        register_rest_route(self::NAME_SPACE, self::ROUTE, [
            'methods' => 'POST',
            'callback' => [self::class, 'answer'],
            'permission_callback' => [self::class, 'isPermitted'],
        ]);
    }

    /** Who may edit products in batches; a key that may only read is refused before this by the shop. */
    public static function isPermitted(): bool
    {
        return wc_rest_check_post_permissions('product', 'batch');
    }

    /** Whether the figure that is being set right now is the ledger's own. */
    public static function isWriting(): bool
    {
        return self::$isWriting;
    }

    public static function answer($request)
    {
        $body = $request->get_json_params();
        $rows = is_array($body) && isset($body['rows']) ? $body['rows'] : null;
        if (!is_array($rows) || $rows === [] || count($rows) > self::ROWS_MAX || array_filter($rows, [self::class, 'isBad']) !== []) {
            $detail = 'rows: 1 to ' . self::ROWS_MAX . ' of {id, expected, quantity}, whole numbers.';

            return new \WP_Error('stockledger_invalid_rows', $detail, ['status' => 400]);
        }

        return new \WP_REST_Response(['rows' => array_map([self::class, 'set'], array_values($rows))], 200);
    }

    private static function isBad($row): bool
    {
        if (!is_array($row)) {
            return true;
        }
        foreach (['id', 'expected', 'quantity'] as $name) {
            if (!isset($row[$name]) || !is_int($row[$name]) || abs($row[$name]) > self::QUANTITY_MAX) {
                return true;
            }
        }

        return $row['id'] < 1;
    }

    private static function set(array $row): array
    {
        $product = wc_get_product($row['id']);
        $reason = self::reasonAgainst($product, $row['id']);
        if ($reason !== '') {
            return ['id' => $row['id'], 'result' => self::UNFIT, 'reason' => $reason];
        }
        $changed = self::change($row);
        $figure = self::figureOf($row['id']);
        if ($changed === null) {
            return ['id' => $row['id'], 'result' => self::FAILED, 'quantity' => $figure];
        }
        // A figure that is there already changes no row.
        $isWritten = $changed > 0 || ($row['expected'] === $row['quantity'] && $figure === $row['quantity']);
        if ($changed > 0) {
            self::refresh($product);
        }

        return ['id' => $row['id'], 'result' => $isWritten ? self::WRITTEN : self::CONFLICT, 'quantity' => $isWritten ? $row['quantity'] : $figure];
    }

    private static function reasonAgainst($product, int $id): string
    {
        if (!$product instanceof \WC_Product) {
            return 'not_found';
        }
        if (!$product->managing_stock()) {
            return 'not_managed';
        }

        return (int) $product->get_stock_managed_by_id() === $id ? '' : 'managed_by_parent';
    }

    /** One statement: the shop writes figures as texts, with or without a fraction. */
    private static function change(array $row)
    {
        global $wpdb;

        return Sql::insist(
            'UPDATE ' . $wpdb->postmeta . ' SET meta_value = \'' . $row['quantity'] . '\' WHERE post_id = ' . $row['id']
            . ' AND meta_key = \'_stock\' AND meta_value REGEXP \'^-?[0-9]\' AND meta_value + 0 = ' . $row['expected']
        );
    }

    private static function figureOf(int $id)
    {
        global $wpdb;
        $figure = Sql::value('SELECT meta_value FROM ' . $wpdb->postmeta . ' WHERE post_id = ' . $id . ' AND meta_key = \'_stock\'');

        return is_numeric($figure) ? (int) floor((float) $figure) : null;
    }

    /**
     * Caches, the table that products are looked up in, stock status, and everybody who listens: all of it the shop's own work
     * after a change by nothing, which is one relative statement and undoes no sale that came between.
     */
    private static function refresh(\WC_Product $product)
    {
        self::$isWriting = true;
        try {
            Guard::run(static function () use ($product) {
                wp_cache_delete($product->get_id(), 'post_meta');
                wc_update_product_stock($product, 0, 'decrease');
            });
        } finally {
            self::$isWriting = false;
        }
    }
}
