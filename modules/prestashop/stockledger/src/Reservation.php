<?php

namespace StockLedgerModule;

/**
 * The key of a cart's hold at the ledger. It follows from what the webservice shows of every order (id_shop, id_cart), so
 * that whoever reads an order knows its reservation without asking this module.
 */
final class Reservation
{
    public static function keyOf(int $idShop, int $idCart): string
    {
        return $idShop . '-' . $idCart;
    }

    /** Of a cart in the database; empty where there is none. */
    public static function ofCart(int $idCart): string
    {
        $idShop = Sql::value('SELECT id_shop FROM ' . Sql::table('cart') . ' WHERE id_cart = ' . $idCart);

        return $idShop === null ? '' : self::keyOf((int) $idShop, $idCart);
    }
}
