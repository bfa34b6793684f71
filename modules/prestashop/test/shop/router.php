<?php

/** For PHP's own web server: every page is a script of this folder. */
$path = __DIR__ . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_file($path) && substr($path, -4) === '.php') {
    require $path;
} else {
    require __DIR__ . '/index.php';
}
