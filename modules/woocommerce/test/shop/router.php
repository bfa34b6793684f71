<?php

/** For PHP's own web server: all but the scripts of this folder is the shop's own address. */
$path = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_file($path) && substr($path, -4) === '.php') {
    require $path;
} else {
    require __DIR__ . '/index.php';
}
