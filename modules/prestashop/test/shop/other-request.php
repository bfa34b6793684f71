<?php

/**
 * php other-request.php <cart> <lock>: another request of this cart. It has the lock until somebody waits for it, and then
 * its order is there.
 */
require_once __DIR__ . '/config/config.inc.php';

$database = Db::getInstance();
$database->getValue("SELECT GET_LOCK('" . pSQL($argv[2]) . "', 5)");
$waiting = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User lock'";
for ($looks = 0; $looks < 3000 && (int) $database->getValue($waiting) === 0; ++$looks) {
    usleep(5000);
}
$database->execute(
    "INSERT INTO ps_orders (id_cart, id_shop, module, secure_key) VALUES (" . (int) $argv[1] . ", 1, 'cardgateway', 'a-secure-key')"
);
echo 'ordered';
