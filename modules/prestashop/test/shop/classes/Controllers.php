<?php

class FrontController
{
    public $errors = [];
    public $php_self;
    public $context;

    public function run()
    {
        $this->context = Context::getContext();
        $this->context->controller = $this;
        Hook::exec('actionFrontControllerInitBefore', ['controller' => $this]);
        $this->init();
        $this->postProcess();
        $this->display();
    }

    public function postProcess()
    {
    }

    public function display()
    {
    }

    public function redirectWithNotifications(...$arguments)
    {
        setcookie('notifications', (string) json_encode(['error' => $this->errors]));
        Tools::redirect(...$arguments);
    }

    /** A cart that has an order is nobody's cart any more. */
    private function init()
    {
        $this->context->link = new Link();
        $cart = new Cart((int) $this->context->cookie->id_cart);
        if ($cart->id && $cart->orderExists()) {
            unset($this->context->cookie->id_cart);
            $cart = new Cart();
        }
        $this->context->cart = $cart;
    }
}

class ModuleFrontController extends FrontController
{
    public $module;

    public function __construct()
    {
        $this->module = Module::getInstanceByName(Tools::getValue('module'));
    }

    /** Orders the cart of the shopper, and shows that it did. */
    protected function order($cart, $state, $amount)
    {
        $this->module->validateOrder($cart->id, $state, $amount);
        Tools::redirect((new Link())->getPageLink('order-confirmation', null, null, [
            'id_cart' => $cart->id,
            'id_module' => $this->module->id,
            'id_order' => $this->module->currentOrder,
            'key' => 'a-secure-key',
        ]));
    }
}

class CartController extends FrontController
{
    public function display()
    {
        echo 'cart ', $this->context->cart->id, ' ', $_COOKIE['notifications'] ?? '';
    }
}

class OrderController extends FrontController
{
    public $php_self = 'order';

    public function display()
    {
        echo 'payment step ', Hook::exec('displayPaymentTop'), $this->context->cart->id;
    }
}

class OrderConfirmationController extends FrontController
{
    public $php_self = 'order-confirmation';

    public function postProcess()
    {
        if (Tools::getValue('free_order')) {
            $free = new FreeOrder();
            $free->validateOrder($this->context->cart->id, 2, 0.0);
            Tools::redirect((new Link())->getPageLink('order-confirmation', null, null, [
                'id_cart' => $this->context->cart->id,
                'id_module' => -1,
                'id_order' => $free->currentOrder,
                'key' => 'a-secure-key',
            ]));
        }
    }

    public function display()
    {
        echo 'confirmation of order ', (int) Tools::getValue('id_order'), ' by module ', (int) Tools::getValue('id_module');
    }
}

class ProductController extends FrontController
{
    public function display()
    {
        $product = ['id_product' => (int) Tools::getValue('id_product'), 'id_product_attribute' => 0];
        echo 'product ', Hook::exec('displayProductAdditionalInfo', ['product' => $product]);
    }
}
