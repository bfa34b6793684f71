<?php

namespace StockLedgerModule;

/** The three moments of a checkout that the ledger has a say in, from the first to the last. */
final class Checkout
{
    /** @var CartHold */
    private $hold;
    /** @var Texts */
    private $texts;

    /** @var bool[] carts that have passed in this request: one cart may become several orders, a package each */
    private static $passed = [];
    /** @var bool[] carts whose payment step was shown in this request */
    private static $shown = [];

    public function __construct(CartHold $hold, Texts $texts)
    {
        $this->hold = $hold;
        $this->texts = $texts;
    }

    /**
     * A page begins. Those that make orders wait here for another one of the same cart, and go where that one went. An
     * online module's page whose order was there all along is left alone: it may be the one that asks how the payment
     * went, and it knows what to do.
     */
    public function pageBegins($controller)
    {
        if (ShopperRequest::isInternal()) {
            return;
        }
        ShopperRequest::begin();
        $idCart = ShopperRequest::cart();
        if ($idCart === 0 || !self::makesOrders($controller)) {
            return;
        }
        $wasOrdered = Orders::ofCart($idCart) !== null;
        if ($wasOrdered && self::isOnline($controller)) {
            return;
        }
        CartLock::take($idCart);
        $order = Orders::ofCart($idCart);
        if ($order !== null) {
            Leave::toConfirmation($order);
        }
    }

    /** The payment step is shown: the cart is held from here on, or goes back. */
    public function paymentStep(int $idCart)
    {
        if ($idCart === 0 || isset(self::$shown[$idCart]) || ShopperRequest::isInternal()) {
            return;
        }
        self::$shown[$idCart] = true;
        $reason = $this->reasonAgainst($this->hold->ask($idCart), $idCart);
        if ($reason !== '') {
            Leave::toCart($reason);
        }
    }

    /** An order is about to be made. */
    public function orderBegins($order)
    {
        $idCart = (int) $order->id_cart;
        if ($idCart === 0 || isset(self::$passed[$idCart]) || ShopperRequest::isInternal()) {
            return;
        }
        $isShopper = ShopperRequest::cart() === $idCart;
        CartLock::take($idCart);
        $this->leaveIfOrdered($idCart, $isShopper);
        self::$passed[$idCart] = true;
        $verdict = $this->hold->ask($idCart);
        if ($isShopper && !Payment::hasMoved($order)) {
            $reason = $this->reasonAgainst($verdict, $idCart);
            if ($reason !== '') {
                Leave::toCart($reason);
            }
        } elseif ($verdict->kind === Verdict::REFUSED) {
            Outbox::add(OutboxEvent::soldShort($idCart, $verdict->shortage));
        }
        if (Settings::isOn(Settings::PRODUCT_LOCK)) {
            ProductLock::takeAll(CartLines::productIds($idCart));
        }
    }

    private function leaveIfOrdered(int $idCart, bool $isShopper)
    {
        $order = Orders::ofCart($idCart);
        if ($order === null) {
            return;
        }
        if ($isShopper) {
            Leave::toConfirmation($order);
        }
        Leave::orderExists($this->texts->orderExistsTitle(), $this->texts->orderExistsText());
    }

    /** Why this cart may not go on; empty where it may. That a text cannot be had lets no cart pass. */
    private function reasonAgainst(Verdict $verdict, int $idCart): string
    {
        if ($verdict->kind === Verdict::REFUSED) {
            return Guard::run(function () use ($verdict) {
                return $this->texts->shortage($verdict->shortage);
            }, 'Not enough is available any more.');
        }
        $isClosed = $verdict->kind === Verdict::UNKNOWN && Settings::text(Settings::FAIL_MODE) === 'closed';
        if (!$isClosed || HoldBook::isHeld($idCart)) {
            return '';
        }

        return Guard::run([$this->texts, 'cannotCheck'], 'Please try again in a minute.');
    }

    /** A page of a payment module, or the confirmation of an order that costs nothing. */
    private static function makesOrders($controller): bool
    {
        if ($controller instanceof \ModuleFrontController) {
            return $controller->module instanceof \PaymentModule;
        }
        $isConfirmation = isset($controller->php_self) && $controller->php_self === 'order-confirmation';

        return $isConfirmation && (bool) \Tools::getValue('free_order');
    }

    private static function isOnline($controller): bool
    {
        return $controller instanceof \ModuleFrontController
            && !in_array((string) $controller->module->name, Settings::offlineModules(), true);
    }
}
