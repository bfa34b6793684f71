<?php

class Configuration
{
    private static $values;

    public static function get($key, $id_lang = null, $id_shop_group = null, $id_shop = null, $default = false)
    {
        if (self::$values === null) {
            $rows = Db::getInstance()->executeS('SELECT name, value FROM ps_configuration');
            self::$values = array_column($rows, 'value', 'name');
        }

        return self::$values[$key] ?? $default;
    }

    public static function updateValue($key, $values, $html = false, $id_shop_group = null, $id_shop = null)
    {
        self::get($key);
        self::$values[$key] = (string) $values;

        return Db::getInstance()->execute(
            "REPLACE INTO ps_configuration (name, value) VALUES ('" . pSQL($key) . "', '" . pSQL($values) . "')"
        );
    }

    public static function deleteByName($key)
    {
        self::get($key);
        unset(self::$values[$key]);

        return Db::getInstance()->execute("DELETE FROM ps_configuration WHERE name = '" . pSQL($key) . "'");
    }
}
