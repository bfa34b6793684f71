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
    /** @var string of a block checkout */
    private static $method = '';
    /** @var array|null what the block checkout is answered in place of what the shop says */
    private static $answer;

    /** A filter on every REST request, which it lets pass. */
    public static function begins($response, $handler, $request)
    {
        Guard::run(static function () use ($request) {
            if ($request->get_method() === 'POST' && self::isBlockCheckout($request)) {
                self::$isBlockPost = true;
                self::$method = (string) $request->get_param('payment_method');
            }
        });

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

    /** How this post is to be paid; empty where it does not say. */
    public static function paymentMethod(): string
    {
        if (self::$isBlockPost) {
            return self::$method;
        }

        return isset($_POST['payment_method']) && is_string($_POST['payment_method']) ? wp_unslash($_POST['payment_method']) : '';
    }

    /** A filter on every REST answer. */
    public static function ends($response, $handler, $request)
    {
        return Guard::run(static function () use ($response, $request) {
            if (!self::$isBlockPost || !self::isBlockCheckout($request)) {
                return $response;
            }
            $isAnswer = $response instanceof \WP_HTTP_Response;
            if (is_wp_error($response) || ($isAnswer && $response->get_status() >= 400)) {
                do_action(self::REFUSED);
            }
            if (self::$answer === null) {
                return $response;
            }
            // The shop's own answer carries headers that the next request needs.
            $told = $isAnswer ? $response : new \WP_REST_Response();
            $told->set_data(self::$answer);
            $told->set_status(200);

            return $told;
        }, $response);
    }

    private static function isBlockCheckout($request): bool
    {
        return preg_match(self::BLOCK_ROUTE, (string) $request->get_route()) === 1;
    }
}
