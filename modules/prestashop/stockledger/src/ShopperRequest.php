<?php

namespace StockLedgerModule;

/**
 * Whose request this is. Each part is needed: a payment provider's callback that loads the shopper's cart, and even sets
 * it in the cookie object, passes all but the one about the cookie that was really sent.
 */
final class ShopperRequest
{
    /** @var int|null the cart of the cookie as it came, before the page's own code could change it */
    private static $cookieCart;

    /** Webservice, back office, command line: people and machines of the shop, whom nobody gates. */
    public static function isInternal(): bool
    {
        return PHP_SAPI === 'cli' || PHP_SAPI === 'phpdbg' || defined('_PS_ADMIN_DIR_') || defined('_PS_API_IN_USE_');
    }

    /** At the very beginning of a page; a page within it, as 9.1 makes one for a mail, changes nothing. */
    public static function begin()
    {
        if (self::$cookieCart === null) {
            self::$cookieCart = self::cartInCookie();
        }
    }

    /** The cart of the shopper whose browser sent this request; 0 where it is nobody's. */
    public static function cart(): int
    {
        if (self::isInternal() || !\Context::getContext()->controller instanceof \FrontController) {
            return 0;
        }

        return self::$cookieCart === null ? self::cartInCookie() : self::$cookieCart;
    }

    /** Whether a script asks, which cannot show a page. */
    public static function wantsJson(): bool
    {
        $accept = isset($_SERVER['HTTP_ACCEPT']) ? (string) $_SERVER['HTTP_ACCEPT'] : '';
        $with = isset($_SERVER['HTTP_X_REQUESTED_WITH']) ? (string) $_SERVER['HTTP_X_REQUESTED_WITH'] : '';

        return strcasecmp($with, 'XMLHttpRequest') === 0
            || (strpos($accept, 'json') !== false && strpos($accept, 'text/html') === false);
    }

    private static function cartInCookie(): int
    {
        $cookie = \Context::getContext()->cookie;
        if (!is_object($cookie) || !isset($_COOKIE[$cookie->getName()])) {
            return 0;
        }

        return isset($cookie->id_cart) ? (int) $cookie->id_cart : 0;
    }
}
