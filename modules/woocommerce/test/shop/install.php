<?php

/** php install.php: the shop's tables. php install.php stockledger: the plugin is switched on; -stockledger: off, and deleted. */
$link = new mysqli(null, 'root', '', '', 0, getenv('SHOP_DB_SOCKET'));
$link->query('CREATE DATABASE IF NOT EXISTS `' . getenv('SHOP_DB_NAME') . '` CHARACTER SET utf8mb4');
$link->select_db(getenv('SHOP_DB_NAME'));
foreach (array_filter(array_map('trim', explode(";\n", (string) file_get_contents(__DIR__ . '/schema.sql')))) as $sql) {
    $link->query($sql);
}
$link->close();

require_once __DIR__ . '/wp-load.php';

foreach (array_slice($argv, 1) as $name) {
    $plugin = ltrim($name, '-');
    $folder = __DIR__ . '/wp-content/plugins/' . $plugin;
    if ($name === $plugin) {
        require_once $folder . '/' . $plugin . '.php';
        do_action('activate_' . $plugin);
        update_option('active_plugins', [$plugin]);
    } else {
        do_action('deactivate_' . $plugin);
        update_option('active_plugins', []);
        define('WP_UNINSTALL_PLUGIN', $plugin);
        require $folder . '/uninstall.php';
    }
    echo $name, ": done\n";
}
