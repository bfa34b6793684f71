<?php

/** php install.php [module ...]: makes the shop's tables where there are none, and installs these modules; -name uninstalls. */
$link = new PDO('mysql:unix_socket=' . getenv('SHOP_DB_SOCKET'), 'root', '');
$link->exec('CREATE DATABASE IF NOT EXISTS `' . getenv('SHOP_DB_NAME') . '` CHARACTER SET utf8mb4');
$link->exec('USE `' . getenv('SHOP_DB_NAME') . '`');
$link->exec((string) file_get_contents(__DIR__ . '/schema.sql'));
$link = null;

require_once __DIR__ . '/config/config.inc.php';

foreach (array_slice($argv, 1) as $name) {
    $module = Module::getInstanceByName(ltrim($name, '-'));
    $done = $name[0] === '-' ? $module->uninstall() : $module->install();
    echo $name, ': ', $done ? 'done' : 'FAILED', "\n";
}
