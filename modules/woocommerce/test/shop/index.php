<?php

require_once __DIR__ . '/wp-load.php';

$path = (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (strpos($path, '/wp-json/') === 0) {
    rest_serve($_SERVER['REQUEST_METHOD'], substr($path, strlen('/wp-json')), (string) file_get_contents('php://input'));
}
if ($path === '/wp-admin/admin.php') {
    $GLOBALS['wp_user_role'] = $_COOKIE['role'] ?? '';
    do_action('admin_menu');
    [$capability, $show] = $GLOBALS['wp_pages'][$_GET['page']];
    current_user_can($capability) ? $show() : http_response_code(403);
    exit;
}
wc_load_cart();
if (isset($_GET['wc-ajax'])) {
    classic_checkout($_POST['payment_method']);
}
$GLOBALS['shop_page'] = trim($path, '/');
echo $GLOBALS['shop_page'], ' ';
if (is_checkout()) {
    classic_page();
}
