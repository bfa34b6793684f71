<?php

namespace StockLedgerModule;

/** Whether this request is a checkout: the classic one is a form, the block one a request of the shop's Store API. */
final class CheckoutRequest
{
    /** The cart's own checkout; paying for an order that is there already has its number behind it. */
    const BLOCK_ROUTE = '#^/wc/store(/v\d+)?/checkout/?$#';

    /** An action of this module: the block checkout is about to be told that there will be no order. */
    const REFUSED = 'stockledger_block_checkout_refused';

    /** @var bool */
    private static $isBlockPost = false;
    /** @var array|null what the block checkout is answered in place of what the shop says */
    private static $answer;

    /** A filter on every REST request, which it lets pass. */
    public static function begins($response, $handler, $request)
    {
        if ($request->get_method() === 'POST' && preg_match(self::BLOCK_ROUTE, (string) $request->get_route()) === 1) {
            self::$isBlockPost = true;
        }

        return $response;
    }

    public static function isBlockPost(): bool
    {
        return self::$isBlockPost;
    }

    /** Somebody has pressed the button that makes an order. */
    public static function isPost(): bool
    {
        return self::$isBlockPost || did_action('woocommerce_checkout_process') > 0;
    }

    /** The checkout page, without those behind it: paying later, and the confirmation. */
    public static function isShown(): bool
    {
        return is_checkout() && !is_wc_endpoint_url();
    }

    /** The block checkout is told this at its end, whatever the shop would say. */
    public static function answerWith(array $answer)
    {
        self::$answer = $answer;
    }

    /** A filter on every REST answer. */
    public static function ends($response, $handler, $request)
    {
        if (!self::$isBlockPost || preg_match(self::BLOCK_ROUTE, (string) $request->get_route()) !== 1) {
            return $response;
        }
        if (is_wp_error($response) || $response->get_status() >= 400) {
            do_action(self::REFUSED);
        }

        return self::$answer !== null ? new \WP_REST_Response(self::$answer, 200) : $response;
    }
}
