<?php

class cardgateway extends PaymentModule
{
    public $name = 'cardgateway';
}

/** The shopper's browser comes back, and the money has moved. */
class cardgatewayReturnModuleFrontController extends ModuleFrontController
{
    public function postProcess()
    {
        $this->order($this->context->cart, 2, 9.0);
    }
}

/** The provider's server says so itself. It sends no cookie, and sets the cart in the cookie object, as some modules do. */
class cardgatewayNotifyModuleFrontController extends ModuleFrontController
{
    public function postProcess()
    {
        $cart = new Cart((int) Tools::getValue('cart'));
        $this->context->cookie->id_cart = $cart->id;
        $this->context->cart = $cart;
        if ($cart->orderExists()) {
            echo 'known';
            exit;
        }
        $this->module->validateOrder($cart->id, 2, 9.0);
        echo 'accepted';
    }
}

/** Where the shopper is told how the payment went, or tries again. */
class cardgatewayStatusModuleFrontController extends ModuleFrontController
{
    public function display()
    {
        echo 'status of the payment';
    }
}

/** A page that dies with the lock of its cart in its hands. */
class cardgatewayDieModuleFrontController extends ModuleFrontController
{
    public function postProcess()
    {
        if (Tools::getValue('by') === 'memory') {
            str_repeat('x', PHP_INT_MAX - 64);
        }
        if (Tools::getValue('by') === 'time') {
            set_time_limit(1);
            while (true) {
                continue;
            }
        }
        $told = "SELECT value FROM ps_configuration WHERE name = 'TOLD'";
        while (Tools::getValue('by') === 'word' && !Db::getInstance()->getValue($told)) {
            usleep(10000);
        }
        if (Tools::getValue('by') === 'exit') {
            exit;
        }
        nobody_has_written_this();
    }
}
