<?php

define('ABSPATH', __DIR__ . '/');
define('DB_NAME', getenv('SHOP_DB_NAME'));
define('ARRAY_A', 'ARRAY_A');
$GLOBALS['shop_page'] = '';

foreach (['wp/hooks', 'wp/database', 'wp/options', 'wp/pages', 'wp/rest', 'woo/products', 'woo/session', 'woo/orders', 'woo/stock', 'woo/checkouts', 'woo/keys'] as $file) {
    require_once __DIR__ . '/' . $file . '.php';
}

$GLOBALS['wpdb'] = new wpdb();
foreach (get_option('active_plugins', []) as $plugin) {
    require_once __DIR__ . '/wp-content/plugins/' . $plugin . '/' . $plugin . '.php';
}
do_action('plugins_loaded');
do_action('before_woocommerce_init');
do_action('init');
