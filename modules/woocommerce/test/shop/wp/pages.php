<?php

$GLOBALS['wp_user_role'] = '';

function current_user_can($capability)
{
    $roles = ['administrator' => ['manage_woocommerce', 'edit_others_products'], 'shop_manager' => ['manage_woocommerce', 'edit_others_products']];

    return in_array($capability, $roles[$GLOBALS['wp_user_role']] ?? [], true);
}

function get_locale()
{
    return get_option('WPLANG', 'en_US');
}

function load_plugin_textdomain($domain, $deprecated, $path)
{
    $file = ABSPATH . 'wp-content/plugins/' . $path . '/' . $domain . '-' . get_locale() . '.l10n.php';
    $GLOBALS['l10n'][$domain] = is_file($file) ? (include $file)['messages'] : [];
}

function __($text, $domain)
{
    return $GLOBALS['l10n'][$domain][$text] ?? $text;
}

function esc_html($text)
{
    return htmlspecialchars((string) $text, ENT_QUOTES, 'UTF-8', false);
}

function esc_attr($text)
{
    return esc_html($text);
}

function esc_html__($text, $domain)
{
    return esc_html(__($text, $domain));
}

function wp_unslash($text)
{
    return stripslashes($text);
}

function wp_generate_uuid4()
{
    return vsprintf('%s%s-%s-4%s-a%s-%s%s%s', array_map(static function (string $part, int $at) {
        return $at === 3 || $at === 4 ? substr($part, 1) : $part;
    }, str_split(bin2hex(random_bytes(16)), 4), range(0, 7)));
}

function wp_create_nonce($action)
{
    return substr(sha1('salt' . $action), 0, 10);
}

function wp_nonce_field($action)
{
    echo '<input type="hidden" name="_wpnonce" value="', wp_create_nonce($action), '">';
}

function check_admin_referer($action)
{
    if (($_REQUEST['_wpnonce'] ?? '') !== wp_create_nonce($action)) {
        http_response_code(403);
        exit('The link you followed has expired.');
    }
}

function submit_button($text, $type, $name)
{
    echo '<input type="submit" name="', $name, '" value="', esc_attr($text), '">';
}

function add_submenu_page($parent, $title, $menu, $capability, $slug, $callback)
{
    $GLOBALS['wp_pages'][$slug] = [$capability, $callback];
}

function wp_doing_ajax()
{
    return isset($_GET['wc-ajax']);
}

function wp_send_json($answer, $status = 200)
{
    http_response_code($status);
    header('Content-Type: application/json; charset=utf-8');
    echo json_encode($answer);
    exit;
}

function wp_safe_redirect($url)
{
    header('Location: ' . $url, true, 302);
}

function get_post_type($id)
{
    global $wpdb;

    return $wpdb->get_var($wpdb->prepare('SELECT post_type FROM wp_posts WHERE ID = %d', $id)) ?: false;
}

function wp_cache_delete($key, $group = '')
{
    $GLOBALS['wp_caches_deleted'][] = $group . ':' . $key;
}
