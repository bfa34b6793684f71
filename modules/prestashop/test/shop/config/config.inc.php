<?php

define('_PS_VERSION_', '8.2.1');
define('_PS_ROOT_DIR_', dirname(__DIR__));
define('_DB_NAME_', getenv('SHOP_DB_NAME'));
define('_DB_PREFIX_', 'ps_');
define('_MYSQL_ENGINE_', 'InnoDB');

foreach (['Db', 'Configuration', 'Shop', 'Module', 'Order', 'PaymentModule', 'Controllers', 'BackOffice'] as $file) {
    require_once _PS_ROOT_DIR_ . '/classes/' . $file . '.php';
}

Context::getContext()->shop = new Shop();
Context::getContext()->language = new Language();
Context::getContext()->cookie = new Cookie();
Context::getContext()->customer = new Customer();
