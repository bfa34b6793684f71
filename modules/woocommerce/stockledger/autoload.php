<?php
/**
 * Loads the classes of this module: StockLedgerModule\Checkout is src/Checkout.php.
 */
spl_autoload_register(static function (string $class) {
    $prefix = 'StockLedgerModule\\';
    if (strncmp($class, $prefix, strlen($prefix)) !== 0) {
        return;
    }
    $file = __DIR__ . '/src/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    if (is_file($file)) {
        require_once $file;
    }
});
