<?php

require_once __DIR__ . '/config/config.inc.php';

Module::getInstanceByName('ps_wirepayment')->validateOrder((int) $argv[1], 10, 9.0);
echo 'ordered';
