<?php
/**
 * The plugin is deleted: its tables and settings go. What orders say of their reservation stays with the orders.
 */
if (!defined('WP_UNINSTALL_PLUGIN')) {
    exit;
}

require_once __DIR__ . '/autoload.php';

StockLedgerModule\Installation::remove();
