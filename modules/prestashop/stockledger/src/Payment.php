<?php

namespace StockLedgerModule;

/** Whether money has moved for an order that is about to be made. Where it may have, an order is never refused. */
final class Payment
{
    const FREE_MODULE = 'free_order';

    /** validateOrder is a few calls above the hook. */
    const FRAMES_MAX = 40;

    public static function hasMoved($order): bool
    {
        $module = (string) $order->module;
        if ($module === self::FREE_MODULE) {
            return (float) $order->total_paid > 0;
        }

        return !in_array($module, Settings::offlineModules(), true) || self::isPaid(self::stateAsked());
    }

    /** Of a state that cannot be read nobody can say that it is unpaid. */
    private static function isPaid($idState): bool
    {
        if ($idState === null) {
            return false;
        }
        $paid = Sql::value('SELECT paid FROM ' . Sql::table('order_state') . ' WHERE id_order_state = ' . $idState);

        return $paid === null || (int) $paid === 1;
    }

    /**
     * The state that the payment module asked for. The order does not have it yet when it is made, and no hook before
     * that passes it in all versions: it is the second argument of validateOrder. Null where nothing calls that.
     */
    private static function stateAsked()
    {
        foreach (debug_backtrace(DEBUG_BACKTRACE_PROVIDE_OBJECT, self::FRAMES_MAX) as $frame) {
            $isPayment = isset($frame['object']) && $frame['object'] instanceof \PaymentModule;
            if ($isPayment && strcasecmp($frame['function'], 'validateOrder') === 0 && isset($frame['args'][1])) {
                return (int) $frame['args'][1];
            }
        }

        return null;
    }
}
