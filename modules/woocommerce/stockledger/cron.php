<?php
/**
 * Sends the outbox and forgets what is old, for shops whose own cron has too little traffic to run by. Every minute, by the
 * server's cron, on the command line only: php wp-content/plugins/stockledger/cron.php
 */
if (PHP_SAPI !== 'cli') {
    http_response_code(403);
    exit;
}

$root = __DIR__;
while (!is_file($root . '/wp-load.php') && dirname($root) !== $root) {
    $root = dirname($root);
}
require_once $root . '/wp-load.php';

echo 'outbox: ', StockLedgerModule\Cron::run(), "\n";
