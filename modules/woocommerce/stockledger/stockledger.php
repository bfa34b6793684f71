<?php
/**
 * Plugin Name: Stock ledger
 * Description: Sells what the stock ledger has: holds carts at the checkout, makes one order of one cart, and reports orders.
 * Version: 1.0.0
 * Author: Stock ledger
 * License: Apache-2.0
 * Text Domain: stockledger
 * Domain Path: /languages
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * WC requires at least: 8.0
 * WC tested up to: 10.7
 * Update URI: false
 */
if (!defined('ABSPATH')) {
    exit;
}

require_once __DIR__ . '/autoload.php';

StockLedgerModule\Plugin::start(__FILE__);
