<?php

require_once __DIR__ . '/config/config.inc.php';

$pages = [
    'cart' => CartController::class,
    'order' => OrderController::class,
    'order-confirmation' => OrderConfirmationController::class,
    'product' => ProductController::class,
];
$name = Tools::getValue('controller', 'cart');
if (Tools::getValue('fc') === 'module') {
    $module = Tools::getValue('module');
    require_once __DIR__ . '/modules/' . basename($module) . '/' . basename($module) . '.php';
    $class = $module . $name . 'ModuleFrontController';
} else {
    $class = $pages[$name];
}
ob_start();
(new $class())->run();
