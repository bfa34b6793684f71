<?php

/** What is not here (prices, taxes, mails, the database of a real shop) takes its time all the same. */
function shop_works($least, $most)
{
    usleep(random_int($least * 1000, $most * 1000));
}

function is_checkout()
{
    return defined('WOOCOMMERCE_CHECKOUT') || $GLOBALS['shop_page'] === 'checkout';
}

function is_wc_endpoint_url()
{
    return false;
}

/** By bank transfer, by a card that is charged at once, or on a page elsewhere. Where it leads. */
function wc_pay($order, $method)
{
    shop_works(10, 20);
    if ($method === 'offsite') {
        return '/elsewhere';
    }
    $order->update_status($method === 'card' ? 'processing' : 'on-hold');
    WC()->cart->empty_cart();

    return $order->get_checkout_order_received_url();
}

/** The page of the classic checkout: its form, or only that something is wrong with the cart; the notices are thrown away unread. */
function classic_page()
{
    do_action('woocommerce_check_cart_items');
    if (wc_notice_count('error') === 0) {
        echo 'Place order';

        return;
    }
    echo 'There are some issues with the items in your cart.';
    do_action('woocommerce_cart_has_errors');
    wc_take_notices();
}

/** POST ?wc-ajax=checkout. */
function classic_checkout($method)
{
    define('WOOCOMMERCE_CHECKOUT', true);
    try {
        do_action('woocommerce_before_checkout_process');
        if (WC()->cart->is_empty()) {
            throw new Exception('Sorry, your session has expired.');
        }
        do_action('woocommerce_checkout_process');
        shop_works(15, 30);
        do_action('woocommerce_check_cart_items');
        if (wc_notice_count('error') === 0) {
            $order = classic_order($method);
            WC()->session->set('order_awaiting_payment', $order->get_id());
            $url = wc_pay($order, $method);
            if ($method !== 'offsite') {
                WC()->session->set('order_awaiting_payment', null);
            }
            wp_send_json(['result' => 'success', 'redirect' => $url, 'order_id' => $order->get_id()]);
        }
    } catch (Exception $error) {
        wc_add_notice($error->getMessage(), 'error');
    }
    wp_send_json(['result' => 'failure', 'messages' => implode("\n", wc_take_notices())]);
}

function classic_order($method)
{
    $hash = WC()->cart->get_cart_hash();
    $kept = wc_get_order(WC()->session->get('order_awaiting_payment'));
    $order = $kept && $kept->has_cart_hash($hash) && $kept->has_status(['pending', 'failed']) ? $kept : new WC_Order();
    $order->set(['created_via' => 'checkout', 'payment_method' => $method, 'cart_hash' => $hash], WC()->cart->get_cart());
    try {
        do_action('woocommerce_checkout_create_order', $order, []);
        shop_works(15, 30);
        $order->save();
        do_action('woocommerce_checkout_order_created', $order);
    } catch (Exception $error) {
        do_action('woocommerce_checkout_order_exception', $order);
        throw $error;
    }
    do_action('woocommerce_checkout_order_processed', $order->get_id(), [], $order);

    return $order;
}

function block_problem($status, $code, $message)
{
    return (new WP_Error($code, $message, ['status' => $status]))->to_response();
}

/** GET and POST /wc/store/v1/checkout. */
function block_checkout($request)
{
    wc_load_cart();
    WC()->cart->cut();
    if ($request->get_method() === 'GET') {
        return block_order('', 10);
    }
    shop_works(55, 80);
    $problem = block_check();
    if ($problem !== null) {
        return $problem;
    }
    $method = $request->get_json_params()['payment_method'];
    $order = block_order($method, 60);
    if ($order->get_status() !== 200) {
        return $order;
    }
    $order = wc_get_order($order->data['order_id']);
    shop_works(5, 15);
    $order->update_status('pending');
    do_action('woocommerce_store_api_checkout_order_processed', $order);
    $url = wc_pay($order, $method);

    return new WP_REST_Response([
        'order_id' => $order->get_id(),
        'status' => $order->get_status(),
        'payment_result' => ['payment_status' => 'success', 'payment_details' => [], 'redirect_url' => $url],
    ]);
}

/** Its own look, then that of others; the classic one is taken away for it. */
function block_check()
{
    if (WC()->cart->is_empty()) {
        return block_problem(400, 'woocommerce_rest_cart_empty', 'Cannot place an order, your cart is empty.');
    }
    foreach (WC()->cart->get_cart() as $item) {
        if (wc_free_stock($item['data'], (int) WC()->session->get('store_api_draft_order')) < $item['quantity']) {
            return block_problem(409, 'woocommerce_rest_product_partially_out_of_stock', 'Not enough of ' . $item['data']->get_name());
        }
    }
    remove_action('woocommerce_check_cart_items', [WC()->cart, 'check_cart_items'], 1);
    do_action('woocommerce_check_cart_items');
    $notices = wc_take_notices();

    return $notices === [] ? null : block_problem(409, 'woocommerce_rest_cart_item_error', implode("\n", $notices));
}

function block_order($method, $minutes)
{
    $hash = WC()->cart->get_cart_hash();
    $kept = wc_get_order(WC()->session->get('store_api_draft_order'));
    $isMine = $kept && ($kept->has_status('checkout-draft') || ($kept->has_status(['pending', 'failed']) && $kept->has_cart_hash($hash)));
    $order = $isMine ? $kept : new WC_Order(['status' => 'checkout-draft', 'id' => 0]);
    $order->set(['created_via' => 'store-api', 'payment_method' => $method, 'cart_hash' => $hash], WC()->cart->get_cart());
    $order->save();
    do_action('woocommerce_store_api_checkout_update_order_meta', $order);
    WC()->session->set('store_api_draft_order', $order->get_id());
    try {
        wc_reserve_stock_for_order($order, $minutes);
    } catch (ReserveStockException $error) {
        return block_problem(403, 'woocommerce_product_not_enough_stock', $error->getMessage());
    }

    return new WP_REST_Response(['order_id' => $order->get_id(), 'status' => $order->get_status()]);
}

add_action('rest_api_init', static function () {
    register_rest_route('wc/store/v1', '/checkout', [
        'methods' => ['GET', 'POST'],
        'callback' => 'block_checkout',
        'permission_callback' => static function () {
            return true;
        },
    ]);
});
