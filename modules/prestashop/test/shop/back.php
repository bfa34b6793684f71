<?php

/** People and machines of the shop: /back.php?as=admin or ?as=api makes an order, ?as=admin&configure=1 shows the page. */
if ($_GET['as'] === 'admin') {
    define('_PS_ADMIN_DIR_', __DIR__);
} else {
    define('_PS_API_IN_USE_', true);
}

require_once __DIR__ . '/config/config.inc.php';

if (Tools::getValue('configure')) {
    echo Module::getInstanceByName('stockledger')->getContent();
    exit;
}
Module::getInstanceByName('ps_wirepayment')->validateOrder((int) Tools::getValue('cart'), 10, 9.0);
echo 'ordered';
