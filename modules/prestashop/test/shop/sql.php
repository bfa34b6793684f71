<?php

require_once __DIR__ . '/config/config.inc.php';

header('Content-Type: application/json');
// Several statements a request; the rows of the last.
foreach (json_decode(file_get_contents('php://input'), true) as $sql) {
    $isQuery = preg_match('/^\s*(select|show)\b/i', $sql) === 1;
    $rows = $isQuery ? Db::getInstance()->executeS($sql) : [['done' => Db::getInstance()->execute($sql)]];
}
echo json_encode($rows);
