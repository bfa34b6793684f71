<?php

/** Read whole when a request begins, written whole when it ends, if it has changed. */
class WC_Session_Handler
{
    private $key;
    private $data;
    private $isDirty = false;

    public function __construct($key)
    {
        global $wpdb;
        $this->key = $key;
        $kept = $wpdb->get_var($wpdb->prepare('SELECT session_value FROM wp_woocommerce_sessions WHERE session_key = %s', $key));
        $this->data = $kept === null ? [] : json_decode($kept, true);
    }

    public function get_customer_id()
    {
        return $this->key;
    }

    public function get($name, $default = null)
    {
        return $this->data[$name] ?? $default;
    }

    public function set($name, $value)
    {
        $this->isDirty = $this->isDirty || ($this->data[$name] ?? null) !== $value;
        $this->data[$name] = $value;
    }

    public function save_data()
    {
        global $wpdb;
        if ($this->isDirty) {
            $wpdb->query($wpdb->prepare('REPLACE INTO wp_woocommerce_sessions VALUES (%s, %s)', $this->key, json_encode($this->data)));
        }
    }
}

class WC_Cart
{
    /** @return array[] of data (the product), product_id, variation_id and quantity */
    public function get_cart()
    {
        return array_filter(array_map(static function (array $item) {
            return ['data' => wc_get_product($item['id']), 'quantity' => $item['quantity']];
        }, $this->kept()), static function (array $item) {
            return $item['data'] !== false;
        });
    }

    public function is_empty()
    {
        return $this->kept() === [];
    }

    public function get_cart_hash()
    {
        return md5(json_encode($this->kept()));
    }

    public function empty_cart()
    {
        WC()->session->set('cart', []);
        do_action('woocommerce_cart_emptied', true);
    }

    /** The Store API cuts what is beyond what is free, without a word. */
    public function cut()
    {
        $kept = array_map(static function (array $item) {
            $free = wc_free_stock(wc_get_product($item['id']), (int) WC()->session->get('store_api_draft_order'));

            return ['quantity' => $free > 0 ? min($item['quantity'], $free) : $item['quantity']] + $item;
        }, $this->kept());
        WC()->session->set('cart', $kept);
    }

    /** What the classic checkout looks at. */
    public function check_cart_items()
    {
        foreach ($this->get_cart() as $item) {
            if (wc_free_stock($item['data'], (int) WC()->session->get('order_awaiting_payment')) < $item['quantity']) {
                wc_add_notice('Sorry, we do not have enough "' . $item['data']->get_name() . '" in stock to fulfill your order.', 'error');
            }
        }
    }

    private function kept()
    {
        return WC()->session->get('cart', []);
    }
}

class WooCommerce
{
    public $session;
    public $cart;
}

function WC()
{
    static $shop;

    return $shop = $shop ?: new WooCommerce();
}

/** The shopper's session and cart, by the cookie. */
function wc_load_cart()
{
    $key = $_COOKIE['wp_woocommerce_session'] ?? 't_' . bin2hex(random_bytes(15));
    WC()->session = new WC_Session_Handler($key);
    WC()->cart = new WC_Cart();
    add_action('woocommerce_check_cart_items', [WC()->cart, 'check_cart_items'], 1);
    register_shutdown_function([WC()->session, 'save_data']);
}

function wc_add_notice($message, $type = 'success')
{
    $notices = WC()->session->get('wc_notices', []);
    $notices[$type][] = $message;
    WC()->session->set('wc_notices', $notices);
}

function wc_print_notice($message, $type = 'success')
{
    echo '<div class="', $type, '">', $message, '</div>';
}

function wc_has_notice($message, $type)
{
    return in_array($message, WC()->session->get('wc_notices', [])[$type] ?? [], true);
}

function wc_notice_count($type)
{
    return count(WC()->session->get('wc_notices', [])[$type] ?? []);
}

function wc_take_notices()
{
    $notices = WC()->session->get('wc_notices', [])['error'] ?? [];
    WC()->session->set('wc_notices', []);

    return $notices;
}
