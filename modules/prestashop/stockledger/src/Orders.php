<?php

namespace StockLedgerModule;

/** Orders as the database has them at this moment; the shop's own look-ups remember within a request. */
final class Orders
{
    /** @return array|null id_order, module, secure_key, id_cart of the first order of a cart */
    public static function ofCart(int $idCart)
    {
        return Sql::row(
            'SELECT id_order, id_cart, module, secure_key FROM ' . Sql::table('orders') . ' WHERE id_cart = ' . $idCart
            . ' ORDER BY id_order'
        );
    }

    /** Where the shop shows that an order was placed. */
    public static function confirmationQuery(array $order): array
    {
        return [
            'id_cart' => (int) $order['id_cart'],
            'id_module' => self::idOfModule((string) $order['module']),
            'id_order' => (int) $order['id_order'],
            'key' => (string) $order['secure_key'],
        ];
    }

    /** A free order is made by no installed module: the page knows it as -1. */
    private static function idOfModule(string $name): int
    {
        if ($name === Payment::FREE_MODULE) {
            return -1;
        }

        return (int) Sql::value('SELECT id_module FROM ' . Sql::table('module') . ' WHERE name = ' . Sql::text($name));
    }
}
