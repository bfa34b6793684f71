<?php

/** Keys open what begins with wc/ or wc-, and the shop's own pages for shoppers need none. Null where nothing is against it. */
function wc_rest_authenticate($request)
{
    global $wpdb;
    $isOpened = preg_match('#^/wc[/-]#', $request->get_route()) === 1 && strpos($request->get_route(), '/wc/store/') !== 0;
    if (!$isOpened || !isset($_SERVER['PHP_AUTH_USER'])) {
        return null;
    }
    $key = $wpdb->get_row($wpdb->prepare('SELECT * FROM wp_woocommerce_api_keys WHERE consumer_key = %s', $_SERVER['PHP_AUTH_USER']));
    if ($key === null) {
        return null;
    }
    if (!hash_equals($key['consumer_secret'], (string) $_SERVER['PHP_AUTH_PW'])) {
        return new WP_Error('woocommerce_rest_authentication_error', 'Consumer secret is invalid.', ['status' => 401]);
    }
    $GLOBALS['wp_user_role'] = $key['role'];
    $isWrite = $request->get_method() !== 'GET';

    return $isWrite && $key['permissions'] === 'read'
        ? new WP_Error('woocommerce_rest_authentication_error', 'The API key provided does not have write permissions.', ['status' => 401])
        : null;
}
