<?php

class ReserveStockException extends Exception
{
}

/** What checkouts have set aside of a product: only for orders that are still open, and only for as long as it was said. */
function wc_query_for_reserved_stock($idProduct, $excludedOrder)
{
    global $wpdb;
    $sql = $wpdb->prepare(
        "\n            SELECT COALESCE( SUM( stock_table.`stock_quantity` ), 0 ) FROM wp_wc_reserved_stock stock_table"
        . ' LEFT JOIN wp_wc_orders orders ON stock_table.`order_id` = orders.id'
        . " WHERE orders.status IN ( 'wc-checkout-draft', 'wc-pending' ) AND stock_table.`expires` > NOW()"
        . ' AND stock_table.`product_id` = %d AND stock_table.`order_id` != %d',
        $idProduct,
        $excludedOrder
    );

    return apply_filters('woocommerce_query_for_reserved_stock', $sql, $idProduct, $excludedOrder);
}

function wc_free_stock($product, $excludedOrder)
{
    global $wpdb;
    if (!$product->managing_stock() || $product->backorders_allowed()) {
        return PHP_INT_MAX;
    }

    return $product->get_stock_quantity() - (int) $wpdb->get_var(wc_query_for_reserved_stock($product->get_stock_managed_by_id(), $excludedOrder));
}

/** One statement that locks what it reads: of two at once one waits. */
function wc_reserve_stock_for_order($order, $minutes = 60)
{
    global $wpdb;
    $items = $wpdb->get_results('SELECT product_id, quantity FROM wp_woocommerce_order_items WHERE order_id = ' . $order->get_id());
    foreach ($items as $item) {
        $product = wc_get_product($item['product_id']);
        $id = $product->get_stock_managed_by_id();
        $stock = "SELECT COALESCE( MAX( meta_value ), 0 ) FROM wp_postmeta WHERE meta_key = '_stock' AND post_id = $id";
        $reserved = wc_query_for_reserved_stock($id, $order->get_id());
        $done = $wpdb->query($wpdb->prepare(
            "INSERT INTO wp_wc_reserved_stock (order_id, product_id, stock_quantity, timestamp, expires)
            SELECT %d, %d, %d, NOW(), NOW() + INTERVAL %d MINUTE FROM DUAL WHERE ( $stock FOR UPDATE ) - ( $reserved FOR UPDATE ) >= %d
            ON DUPLICATE KEY UPDATE expires = VALUES(expires), stock_quantity = VALUES(stock_quantity)",
            ...[$order->get_id(), $id, $item['quantity'], $minutes, $item['quantity']]
        ));
        if (!$done) {
            $wpdb->query('DELETE FROM wp_wc_reserved_stock WHERE order_id = ' . $order->get_id());
            throw new ReserveStockException('Not enough units of ' . $product->get_name() . ' are available in stock to fulfil this order.');
        }
    }
}

function wc_release_stock_for_order($idOrder)
{
    global $wpdb;
    $wpdb->query('DELETE FROM wp_wc_reserved_stock WHERE order_id = ' . (is_object($idOrder) ? $idOrder->get_id() : (int) $idOrder));
}

function wc_maybe_reduce_stock_levels($idOrder)
{
    global $wpdb;
    if ((int) $wpdb->get_var('SELECT stock_reduced FROM wp_wc_orders WHERE id = ' . (int) $idOrder) === 1) {
        return;
    }
    // Mails, notes and other plugins come first: 6 to 27 ms in a real shop.
    shop_works(6, 27);
    $sql = 'SELECT * FROM wp_woocommerce_order_items WHERE reduced_stock IS NULL AND order_id = ' . (int) $idOrder;
    foreach ($wpdb->get_results($sql) as $item) {
        wc_update_product_stock(wc_get_product($item['product_id']), (int) $item['quantity'], 'decrease');
        $wpdb->query('UPDATE wp_woocommerce_order_items SET reduced_stock = quantity WHERE order_item_id = ' . $item['order_item_id']);
    }
    $wpdb->query('UPDATE wp_wc_orders SET stock_reduced = 1 WHERE id = ' . (int) $idOrder);
}

foreach (['on-hold', 'processing', 'completed'] as $status) {
    add_action('woocommerce_order_status_' . $status, 'wc_maybe_reduce_stock_levels');
    add_action('woocommerce_order_status_' . $status, 'wc_release_stock_for_order', 11);
}
add_action('woocommerce_order_status_cancelled', 'wc_release_stock_for_order', 11);
add_action('woocommerce_checkout_order_created', 'wc_reserve_stock_for_order');
add_action('woocommerce_checkout_order_exception', 'wc_release_stock_for_order');
