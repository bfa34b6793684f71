<?php

class Context
{
    private static $instance;
    public $controller;
    public $cart;
    public $cookie;
    public $shop;
    public $language;
    public $customer;
    public $link;

    public static function getContext()
    {
        return self::$instance = self::$instance ?: new self();
    }
}

class Shop
{
    public $id = 1;
    public $id_shop_group = 1;
}

class Language
{
    public $id = 1;
    public $iso_code;

    public function __construct()
    {
        $this->iso_code = Configuration::get('SHOP_LANGUAGE', null, null, null, 'en');
    }
}

class Customer
{
    public $id = 1;
    public $secure_key = 'a-secure-key';
}

/** The shop's cookie holds what it knows of a shopper; here only the cart, and not encrypted. */
class Cookie
{
    private $values = [];

    public function __construct()
    {
        $sent = $_COOKIE[$this->getName()] ?? '';
        parse_str($sent, $this->values);
    }

    public function getName()
    {
        return 'PrestaShop-5ca1ab1e';
    }

    public function __get($name)
    {
        return $this->values[$name] ?? false;
    }

    public function __isset($name)
    {
        return isset($this->values[$name]);
    }

    public function __set($name, $value)
    {
        $this->values[$name] = $value;
    }

    public function __unset($name)
    {
        unset($this->values[$name]);
    }
}

class Link
{
    public function getPageLink($controller, $ssl = null, $id_lang = null, $request = null)
    {
        return self::base() . '/index.php?' . http_build_query(['controller' => $controller] + (array) $request);
    }

    public function getModuleLink($module, $controller = 'default', array $params = [])
    {
        $query = ['fc' => 'module', 'module' => $module, 'controller' => $controller] + $params;

        return self::base() . '/index.php?' . http_build_query($query);
    }

    private static function base()
    {
        return 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost');
    }
}

class Validate
{
    public static function isLoadedObject($object)
    {
        return is_object($object) && !empty($object->id);
    }
}

class Tools
{
    public static function getValue($key, $default = false)
    {
        return $_POST[$key] ?? $_GET[$key] ?? $default;
    }

    public static function isSubmit($submit)
    {
        return isset($_POST[$submit]) || isset($_GET[$submit]);
    }

    public static function redirect($url, $base_uri = '', $link = null, $headers = null)
    {
        header('Location: ' . $url);
        exit;
    }

    public static function displayDate($date)
    {
        return date('d/m/Y', strtotime($date));
    }

    public static function getAdminTokenLite($tab)
    {
        return 'token';
    }
}
