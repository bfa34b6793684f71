<?php

require_once __DIR__ . '/wp-load.php';

header('Content-Type: application/json');
// Several statements a request; the rows of the last.
foreach (json_decode(file_get_contents('php://input'), true) as $sql) {
    $rows = preg_match('/^\s*(select|show)\b/i', $sql) === 1 ? $GLOBALS['wpdb']->get_results($sql) : [['done' => $GLOBALS['wpdb']->query($sql)]];
}
echo json_encode($rows);
