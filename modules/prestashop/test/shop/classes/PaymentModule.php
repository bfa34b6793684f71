<?php

class PaymentModule extends Module
{
    public $currentOrder;

    public function validateOrder($id_cart, $id_order_state, $amount_paid, $payment_method = 'Unknown')
    {
        $cart = new Cart($id_cart);
        if (!Validate::isLoadedObject($cart) || $cart->orderExists()) {
            throw new PrestaShopException('Cart cannot be loaded or an order has already been placed using this cart');
        }
        // The prices, taxes and packages of a real shop take their time here, and nothing is locked.
        usleep((int) getenv('SHOP_WORK_MILLIS') * 1000);
        for ($package = 0; $package < $cart->packages; ++$package) {
            $this->currentOrder = $this->orderOf($cart, $id_order_state, $amount_paid, $package === 0);
        }

        return true;
    }

    private function orderOf(Cart $cart, $id_order_state, $amount_paid, $takesStock)
    {
        $order = new Order();
        $order->id_cart = $cart->id;
        $order->module = $this->name;
        $order->total_paid = (float) $amount_paid;
        $order->add();
        foreach ($takesStock ? $cart->getProducts() : [] as $line) {
            StockAvailable::updateQuantity($line['id_product'], $line['id_product_attribute'], -$line['quantity']);
        }
        Hook::exec('actionValidateOrder', ['cart' => $cart, 'order' => $order]);
        $history = new OrderHistory();
        $history->id_order = $order->id;
        $history->id_order_state = $id_order_state;
        $history->add();

        return $order->id;
    }
}

class FreeOrder extends PaymentModule
{
    public $name = 'free_order';
}
