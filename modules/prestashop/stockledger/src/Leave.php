<?php

namespace StockLedgerModule;

/** The ways out of a request. Each ends it: a thrown exception would be swallowed, and the order made all the same. */
final class Leave
{
    const RETRY_SECONDS = 10;

    /** Back to the cart, which is kept, with the reason on the page. */
    public static function toCart(string $message)
    {
        $url = self::link()->getPageLink('cart', null, null, ['action' => 'show']);
        if (ShopperRequest::wantsJson()) {
            self::json(409, ['errors' => [html_entity_decode($message, ENT_QUOTES, 'UTF-8')], 'redirect' => $url]);
        }
        $controller = \Context::getContext()->controller;
        if (is_callable([$controller, 'redirectWithNotifications'])) {
            $controller->errors[] = $message;
            $controller->redirectWithNotifications($url);
        }
        \Tools::redirect($url);
        exit;
    }

    public static function toConfirmation(array $order)
    {
        $url = self::link()->getPageLink('order-confirmation', null, null, Orders::confirmationQuery($order));
        if (ShopperRequest::wantsJson()) {
            self::json(200, ['redirect' => $url, 'id_order' => (int) $order['id_order']]);
        }
        \Tools::redirect($url);
        exit;
    }

    /**
     * To a payment provider whose order exists by now; providers repeat, and then find it. A browser that came back
     * without its cookie looks the same, so the page is one that people can read.
     */
    public static function orderExists(string $title, string $text)
    {
        self::clean();
        http_response_code(503);
        header('Retry-After: ' . self::RETRY_SECONDS);
        header('Content-Type: text/html; charset=utf-8');
        header('Cache-Control: no-store');
        echo '<!doctype html><meta charset="utf-8"><title>' . $title . '</title><h1>' . $title . '</h1><p>' . $text . '</p>';
        exit;
    }

    private static function json(int $status, array $body)
    {
        self::clean();
        http_response_code($status);
        header('Content-Type: application/json; charset=utf-8');
        header('Cache-Control: no-store');
        echo json_encode($body);
        exit;
    }

    /** What the page has begun to write is not part of the answer. */
    private static function clean()
    {
        while (ob_get_level() > 0 && ob_end_clean()) {
            continue;
        }
    }

    /** At the beginning of a page the shop has not made its own yet. */
    private static function link()
    {
        $link = \Context::getContext()->link;

        return is_object($link) ? $link : new \Link();
    }
}
