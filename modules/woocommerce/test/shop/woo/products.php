<?php

class WC_Product
{
    private $post;
    private $meta;

    public function __construct(array $post)
    {
        global $wpdb;
        $this->post = $post;
        $rows = $wpdb->get_results('SELECT meta_key, meta_value FROM wp_postmeta WHERE post_id = ' . $this->get_id());
        $this->meta = array_column($rows, 'meta_value', 'meta_key');
    }

    public function get_id()
    {
        return (int) $this->post['ID'];
    }

    public function get_parent_id()
    {
        return (int) $this->post['post_parent'];
    }

    public function is_type($type)
    {
        return $type === ($this->post['post_type'] === 'product_variation' ? 'variation' : 'simple');
    }

    public function get_name()
    {
        return $this->post['post_title'];
    }

    /** A variation without one has its product's. */
    public function get_sku()
    {
        $own = $this->meta['_sku'] ?? '';

        return $own === '' && $this->get_parent_id() ? wc_get_product($this->get_parent_id())->get_sku() : $own;
    }

    public function managing_stock()
    {
        if ($this->managesItself()) {
            return true;
        }

        return $this->is_type('variation') && wc_get_product($this->get_parent_id())->managing_stock();
    }

    public function get_stock_managed_by_id()
    {
        return $this->is_type('variation') && !$this->managesItself() ? $this->get_parent_id() : $this->get_id();
    }

    public function get_stock_quantity()
    {
        global $wpdb;
        $sql = "SELECT meta_value FROM wp_postmeta WHERE meta_key = '_stock' AND post_id = " . $this->get_stock_managed_by_id();

        return (int) $wpdb->get_var($sql);
    }

    public function backorders_allowed()
    {
        return ($this->meta['_backorders'] ?? 'no') !== 'no';
    }

    /** Stock status and the table for looking up follow the figure. */
    public function save()
    {
        global $wpdb;
        $status = $this->get_stock_quantity() > 0 ? 'instock' : 'outofstock';
        $wpdb->query("REPLACE INTO wp_wc_product_meta_lookup VALUES ({$this->get_id()}, {$this->get_stock_quantity()}, '$status')");
    }

    private function managesItself()
    {
        return ($this->meta['_manage_stock'] ?? 'no') === 'yes';
    }
}

function wc_get_product($id)
{
    global $wpdb;
    $post = $wpdb->get_row('SELECT * FROM wp_posts WHERE post_type IN (\'product\', \'product_variation\') AND ID = ' . (int) $id);

    return $post === null ? false : new WC_Product($post);
}

/** The figure is read and then changed, which is two statements; the change is relative. */
function wc_update_product_stock($product, $quantity, $operation)
{
    global $wpdb;
    $id = $product->get_stock_managed_by_id();
    $holder = $id === $product->get_id() ? $product : wc_get_product($id);
    $sign = $operation === 'increase' ? 1 : -1;
    $figure = (int) $wpdb->get_var("SELECT meta_value FROM wp_postmeta WHERE post_id = $id AND meta_key = '_stock'");
    $wpdb->query($wpdb->prepare("UPDATE wp_postmeta SET meta_value = meta_value %+f WHERE post_id = %d AND meta_key = '_stock'", $sign * $quantity, $id));
    wp_cache_delete($id, 'post_meta');
    $holder->save();
    do_action($holder->is_type('variation') ? 'woocommerce_variation_set_stock' : 'woocommerce_product_set_stock', $holder);

    return $figure + $sign * $quantity;
}

function wc_rest_check_post_permissions($type, $context = 'read', $id = 0)
{
    return current_user_can('edit_others_products');
}
