<?php
/**
 * Sellable stock from the ledger: holds carts at the payment step, decides before an order is made, and tells the ledger
 * of orders. Works on PrestaShop 1.7.8 to 9, PHP 7.2 to 8.5.
 */
if (!defined('_PS_VERSION_')) {
    exit;
}

require_once __DIR__ . '/autoload.php';

class StockLedger extends Module
{
    const HOOKS = [
        'displayPaymentTop',
        'actionFrontControllerInitBefore',
        'actionObjectOrderAddBefore',
        'actionValidateOrder',
        'actionOrderHistoryAddAfter',
        'actionProductCancel',
        'actionOrderSlipAdd',
        'actionOrderEdited',
        'displayProductAdditionalInfo',
    ];

    public function __construct()
    {
        $this->name = 'stockledger';
        $this->tab = 'shipping_logistics';
        $this->version = '1.0.0';
        $this->author = 'Stock ledger';
        $this->need_instance = 0;
        $this->bootstrap = true;
        $this->ps_versions_compliancy = ['min' => '1.7.8.0', 'max' => '9.99.99'];
        parent::__construct();
        $this->displayName = $this->l('Stock ledger');
        $this->description = $this->l('Sells what the stock ledger has: holds carts, stops what cannot be delivered, and reports orders.');
        $this->confirmUninstall = $this->l('Orders that were not reported yet are forgotten. Go on?');
    }

    public function install()
    {
        if (!parent::install() || !StockLedgerModule\Schema::create()) {
            return false;
        }
        foreach (StockLedgerModule\Settings::DEFAULTS as $name => $value) {
            // An installation after an uninstallation that failed half-way keeps what was set.
            if (Configuration::get($name) === false) {
                Configuration::updateValue($name, $value);
            }
        }

        return $this->registerHook(self::HOOKS);
    }

    public function uninstall()
    {
        foreach (array_keys(StockLedgerModule\Settings::DEFAULTS) as $name) {
            Configuration::deleteByName($name);
        }

        return StockLedgerModule\Schema::drop() && parent::uninstall();
    }

    public function getContent()
    {
        return (new StockLedgerModule\SettingsPage($this))->show();
    }

    public function hookActionFrontControllerInitBefore($params)
    {
        $this->atCheckout(static function ($checkout) use ($params) {
            $checkout->pageBegins(isset($params['controller']) ? $params['controller'] : Context::getContext()->controller);
        });
    }

    public function hookDisplayPaymentTop($params)
    {
        $this->atCheckout(static function ($checkout) {
            $cart = Context::getContext()->cart;
            $checkout->paymentStep(is_object($cart) ? (int) $cart->id : 0);
        });

        return '';
    }

    public function hookActionObjectOrderAddBefore($params)
    {
        $this->atCheckout(static function ($checkout) use ($params) {
            $checkout->orderBegins($params['object']);
        });
    }

    public function hookActionValidateOrder($params)
    {
        $this->report(static function () use ($params) {
            return StockLedgerModule\OutboxEvent::created($params['order']);
        });
    }

    public function hookActionOrderHistoryAddAfter($params)
    {
        $this->report(static function () use ($params) {
            return StockLedgerModule\OutboxEvent::state($params['order_history']);
        });
    }

    public function hookActionProductCancel($params)
    {
        $this->report(static function () use ($params) {
            return StockLedgerModule\OutboxEvent::cancelledLine($params['order'], $params);
        });
    }

    public function hookActionOrderSlipAdd($params)
    {
        $this->report(static function () use ($params) {
            return StockLedgerModule\OutboxEvent::slip($params['order']);
        });
    }

    public function hookActionOrderEdited($params)
    {
        $this->report(static function () use ($params) {
            return StockLedgerModule\OutboxEvent::edited($params['order']);
        });
    }

    public function hookDisplayProductAdditionalInfo($params)
    {
        return (string) StockLedgerModule\Guard::run(function () use ($params) {
            return (new StockLedgerModule\AvailabilityText($this))->of($params['product']);
        }, '');
    }

    private function atCheckout(callable $act)
    {
        if (!StockLedgerModule\Settings::isOn(StockLedgerModule\Settings::GATE)) {
            return;
        }
        StockLedgerModule\Guard::run(function () use ($act) {
            $ledger = new StockLedgerModule\Ledger(new StockLedgerModule\Http());
            $holder = new StockLedgerModule\Holder($ledger, new StockLedgerModule\Breaker());
            $hold = new StockLedgerModule\CartHold($holder);
            $act(new StockLedgerModule\Checkout($hold, new StockLedgerModule\Texts($this)));
        });
    }

    private function report(callable $event)
    {
        StockLedgerModule\Guard::run(static function () use ($event) {
            StockLedgerModule\Outbox::add($event());
        });
    }
}
