<?php

class Cart
{
    public $id;
    public $id_shop = 1;
    public $id_customer = 1;
    public $packages = 1;
    public $secure_key = 'a-secure-key';

    public function __construct($id = null)
    {
        $row = Db::getInstance()->getRow('SELECT * FROM ps_cart WHERE id_cart = ' . (int) $id);
        if ($row) {
            $this->id = (int) $row['id_cart'];
            $this->packages = (int) $row['packages'];
        }
    }

    public function orderExists()
    {
        return (bool) Db::getInstance()->getValue('SELECT id_order FROM ps_orders WHERE id_cart = ' . (int) $this->id);
    }

    public function getProducts()
    {
        return Db::getInstance()->executeS('SELECT * FROM ps_cart_product WHERE id_cart = ' . (int) $this->id);
    }
}

class Order
{
    public $id;
    public $id_cart;
    public $id_shop = 1;
    public $module;
    public $total_paid = 0.0;
    public $secure_key = 'a-secure-key';

    public function add()
    {
        Hook::exec('actionObjectOrderAddBefore', ['object' => $this]);
        Db::getInstance()->execute(sprintf(
            "INSERT INTO ps_orders (id_cart, id_shop, module, secure_key) VALUES (%d, %d, '%s', '%s')",
            $this->id_cart,
            $this->id_shop,
            pSQL($this->module),
            pSQL($this->secure_key)
        ));
        $this->id = Db::getInstance()->Insert_ID();
        Hook::exec('actionObjectOrderAddAfter', ['object' => $this]);
    }
}

class OrderHistory
{
    public $id;
    public $id_order;
    public $id_order_state;

    public function add()
    {
        Db::getInstance()->execute(sprintf(
            'INSERT INTO ps_order_history (id_order, id_order_state) VALUES (%d, %d)',
            $this->id_order,
            $this->id_order_state
        ));
        $this->id = Db::getInstance()->Insert_ID();
        Hook::exec('actionOrderHistoryAddAfter', ['order_history' => $this]);
    }
}

class StockAvailable
{
    /** Read, reduced, written back: of two at once one may be lost. */
    public static function updateQuantity($id_product, $id_product_attribute, $delta)
    {
        $where = ' WHERE id_product = ' . (int) $id_product . ' AND id_product_attribute = ' . (int) $id_product_attribute;
        $quantity = (int) Db::getInstance()->getValue('SELECT quantity FROM ps_stock_available' . $where);
        usleep((int) getenv('SHOP_WORK_MILLIS') * 500);
        Db::getInstance()->execute('UPDATE ps_stock_available SET quantity = ' . ($quantity + $delta) . $where);
    }
}
