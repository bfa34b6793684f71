<?php

namespace StockLedgerModule;

/** What of the shop this module listens to. */
final class Plugin
{
    const VERSION = '1.0.0';
    const FEATURES = ['custom_order_tables', 'cart_checkout_blocks'];

    public static function start(string $file)
    {
        register_activation_hook($file, [Installation::class, 'ensure']);
        register_deactivation_hook($file, [Cron::class, 'unschedule']);
        add_action('before_woocommerce_init', static function () use ($file) {
            self::declareCompatibility($file);
        });
        add_action('init', static function () use ($file) {
            load_plugin_textdomain(Texts::DOMAIN, false, basename(dirname($file)) . '/languages');
            Guard::run([Installation::class, 'ensureCurrent']);
        });
        self::listenToCheckouts();
        Reports::listen();
        Cron::listen();
        add_action('rest_api_init', [StockRoute::class, 'register']);
        add_action('admin_menu', [SettingsPage::class, 'register']);
    }

    private static function listenToCheckouts()
    {
        add_filter('rest_request_before_callbacks', [CheckoutRequest::class, 'begins'], 1, 3);
        add_filter('rest_request_after_callbacks', [CheckoutRequest::class, 'ends'], 99, 3);
        add_filter('woocommerce_query_for_reserved_stock', [OthersHolds::class, 'addTo'], 20, 2);
        self::atCheckout('woocommerce_before_checkout_process', 1, static function () {
            OneOrder::leadLatePress();
        });
        self::atCheckout(CheckoutRequest::REFUSED, 1, static function (Checkout $checkout) {
            $checkout->postIsRefused();
        });
        // The shop's own look at the cart is at 1: what it refuses is told first, and not asked about.
        self::atCheckout('woocommerce_check_cart_items', 0, static function (Checkout $checkout) {
            $checkout->postBegins();
        });
        self::atCheckout('woocommerce_check_cart_items', 20, static function (Checkout $checkout) {
            $checkout->cartIsChecked();
        });
        self::atCheckout('woocommerce_cart_has_errors', 10, static function (Checkout $checkout) {
            $checkout->pageIsRefused();
        });
        self::atCheckout('woocommerce_checkout_create_order', 20, static function (Checkout $checkout, $order) {
            $checkout->orderIsWritten($order);
        });
        // Before the shop sets the units aside: from then on it counts them itself.
        self::atCheckout('woocommerce_checkout_order_created', 1, static function (Checkout $checkout, $order) {
            $checkout->orderIsMade($order);
        });
        self::atCheckout('woocommerce_checkout_order_exception', 10, static function (Checkout $checkout, $order) {
            CartBook::forgetOrder((int) $order->get_id());
        });
        self::atCheckout('woocommerce_store_api_checkout_update_order_meta', 10, static function (Checkout $checkout, $order) {
            $checkout->orderIsWritten($order);
            $order->save();
            $checkout->orderIsMade($order);
        });
        self::atCheckout('woocommerce_cart_emptied', 10, static function () {
            Reservation::renew();
        });
    }

    private static function atCheckout(string $hook, int $priority, callable $act)
    {
        add_action($hook, static function ($argument = null) use ($act) {
            Guard::run(static function () use ($act, $argument) {
                if (Settings::isOn(Settings::GATE)) {
                    $act(new Checkout(new Holder(new Ledger(new Http()), new Breaker())), $argument);
                }
            });
        }, $priority, 1);
    }

    private static function declareCompatibility(string $file)
    {
        $features = '\Automattic\WooCommerce\Utilities\FeaturesUtil';
        foreach (class_exists($features) ? self::FEATURES : [] as $feature) {
            $features::declare_compatibility($feature, $file, true);
        }
    }
}
