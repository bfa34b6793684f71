<?php

class WC_Order
{
    private $row = ['id' => 0, 'status' => 'pending', 'created_via' => '', 'payment_method' => '', 'order_key' => '', 'cart_hash' => ''];
    private $meta = [];
    private $lines = [];
    private $changedFrom;

    public function __construct(array $row = [])
    {
        global $wpdb;
        $this->row = $row + $this->row;
        if ($row !== []) {
            $metas = $wpdb->get_results('SELECT meta_key, meta_value FROM wp_wc_orders_meta WHERE order_id = ' . $this->get_id());
            $this->meta = array_column($metas, 'meta_value', 'meta_key');
        }
    }

    public function get_id()
    {
        return (int) $this->row['id'];
    }

    public function get_status()
    {
        return preg_replace('/^wc-/', '', $this->row['status']);
    }

    public function has_status($statuses)
    {
        return in_array($this->get_status(), (array) $statuses, true);
    }

    public function has_cart_hash($hash)
    {
        return $this->row['cart_hash'] === $hash;
    }

    public function get_order_key()
    {
        return $this->row['order_key'];
    }

    public function get_payment_method()
    {
        return $this->row['payment_method'];
    }

    public function needs_payment()
    {
        return $this->has_status(['pending', 'failed']);
    }

    public function get_checkout_payment_url()
    {
        return '/checkout/order-pay/' . $this->get_id() . '/?key=' . $this->get_order_key();
    }

    public function get_checkout_order_received_url()
    {
        return '/checkout/order-received/' . $this->get_id() . '/?key=' . $this->get_order_key();
    }

    public function update_meta_data($key, $value)
    {
        $this->meta[$key] = $value;
    }

    public function get_meta($key)
    {
        return $this->meta[$key] ?? '';
    }

    public function set(array $row, $lines = null)
    {
        $this->row = $row + $this->row;
        $this->lines = $lines ?? $this->lines;
    }

    public function set_status($status)
    {
        $this->changedFrom = $this->changedFrom ?? $this->get_status();
        $this->row['status'] = $status;
    }

    public function update_status($status)
    {
        $this->set_status($status);
        $this->save();
    }

    /** Written first, and then everybody hears of it: until the units are taken, nobody counts them. */
    public function save()
    {
        global $wpdb;
        $isNew = $this->get_id() === 0;
        $isNew ? $this->insert() : $this->update();
        $this->writeMeta();
        $this->writeLines();
        do_action($isNew ? 'woocommerce_new_order' : 'woocommerce_update_order', $this->get_id(), $this);
        [$from, $this->changedFrom] = [$this->changedFrom, null];
        if (!$isNew && $from !== null && $from !== $this->get_status()) {
            do_action('woocommerce_order_status_' . $this->get_status(), $this->get_id(), $this);
            do_action('woocommerce_order_status_changed', $this->get_id(), $from, $this->get_status(), $this);
        }

        return $this->get_id();
    }

    public function delete($force = false)
    {
        global $wpdb;
        $id = $this->get_id();
        if (!$force) {
            $wpdb->query("UPDATE wp_wc_orders SET status = 'trash' WHERE id = $id");
            do_action('woocommerce_trash_order', $id);

            return;
        }
        do_action('woocommerce_before_delete_order', $id, $this);
        $wpdb->query("DELETE FROM wp_wc_orders WHERE id = $id");
        do_action('woocommerce_delete_order', $id);
    }

    private function insert()
    {
        global $wpdb;
        $this->row['order_key'] = 'wc_order_' . bin2hex(random_bytes(6));
        $wpdb->query($wpdb->prepare(
            'INSERT INTO wp_wc_orders (status, created_via, payment_method, order_key, cart_hash, session_key) VALUES (%s, %s, %s, %s, %s, %s)',
            'wc-' . $this->get_status(),
            ...[$this->row['created_via'], $this->row['payment_method'], $this->row['order_key'], $this->row['cart_hash']],
            ...[WC()->session ? WC()->session->get_customer_id() : '']
        ));
        $this->row['id'] = $wpdb->insert_id;
    }

    private function update()
    {
        global $wpdb;
        $wpdb->query($wpdb->prepare(
            'UPDATE wp_wc_orders SET status = %s, payment_method = %s, cart_hash = %s WHERE id = %d',
            'wc-' . $this->get_status(),
            ...[$this->row['payment_method'], $this->row['cart_hash'], $this->get_id()]
        ));
    }

    private function writeMeta()
    {
        global $wpdb;
        $wpdb->query('DELETE FROM wp_wc_orders_meta WHERE order_id = ' . $this->get_id());
        foreach ($this->meta as $key => $value) {
            $wpdb->query($wpdb->prepare('INSERT INTO wp_wc_orders_meta (order_id, meta_key, meta_value) VALUES (%d, %s, %s)', $this->get_id(), $key, $value));
        }
    }

    private function writeLines()
    {
        global $wpdb;
        if ($this->lines !== []) {
            $wpdb->query('DELETE FROM wp_woocommerce_order_items WHERE order_id = ' . $this->get_id());
        }
        foreach ($this->lines as $line) {
            $wpdb->query($wpdb->prepare('INSERT INTO wp_woocommerce_order_items (order_id, product_id, quantity) VALUES (%d, %d, %d)', $this->get_id(), $line['data']->get_id(), $line['quantity']));
        }
        $this->lines = [];
    }
}

function wc_get_order($id)
{
    global $wpdb;
    $row = $wpdb->get_row('SELECT * FROM wp_wc_orders WHERE id = ' . (int) $id);

    return $row === null ? false : new WC_Order($row);
}
