<?php
/**
 * Sends the outbox, fetches availability, forgets what is old. Every minute, by the server's cron, on the command line
 * only: php modules/stockledger/cron.php
 */
if (PHP_SAPI !== 'cli') {
    http_response_code(403);
    exit;
}

require_once dirname(__DIR__, 2) . '/config/config.inc.php';
require_once __DIR__ . '/autoload.php';

$http = new StockLedgerModule\Http();
$sender = new StockLedgerModule\Sender($http);
echo 'outbox: ', $sender->run(), "\n";
echo 'availability: ', StockLedgerModule\Availability::refresh(new StockLedgerModule\Ledger($http)), "\n";
StockLedgerModule\HoldBook::forgetOld();
StockLedgerModule\Notes::set(StockLedgerModule\Notes::CRON_AT, (string) time());
