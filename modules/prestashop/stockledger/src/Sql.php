<?php

namespace StockLedgerModule;

/**
 * Statements on the shop's master connection, never from its query cache. A statement that fails answers as if there
 * were nothing: no caller of this module may be stopped by the database.
 */
final class Sql
{
    /** The first column of the first row; null without a row, for NULL, and where the statement fails. */
    public static function value(string $sql)
    {
        $row = self::row($sql);

        return $row === null ? null : reset($row);
    }

    /** The first row, or null. The statement has no LIMIT: the shop's layer adds one. */
    public static function row(string $sql)
    {
        $row = Guard::run(static function () use ($sql) {
            return self::master()->getRow($sql, false);
        });

        return is_array($row) && $row !== [] ? $row : null;
    }

    /** @return array[] */
    public static function rows(string $sql): array
    {
        $rows = Guard::run(static function () use ($sql) {
            return self::master()->executeS($sql, true, false);
        });

        return is_array($rows) ? $rows : [];
    }

    /** Rows that the statement has changed; null where it fails. */
    public static function change(string $sql)
    {
        return Guard::run(static function () use ($sql) {
            return self::changed($sql);
        });
    }

    /**
     * The same, tried twice where it fails: what the database could not do in a crowd (a deadlock, a counter that was
     * busy) it mostly can at once. For statements that bear being run again.
     */
    public static function insist(string $sql)
    {
        try {
            return self::changed($sql);
        } catch (\Throwable $crowded) {
            return self::change($sql);
        }
    }

    private static function changed(string $sql)
    {
        $done = self::master()->execute($sql, false);

        return $done ? (int) self::master()->Affected_Rows() : null;
    }

    /** As a text of SQL, in quotes. */
    public static function text(string $text): string
    {
        return "'" . self::master()->escape($text, true) . "'";
    }

    public static function table(string $name): string
    {
        return '`' . _DB_PREFIX_ . $name . '`';
    }

    /** Which shop's tables these are, on a server that may have those of several. */
    public static function place(): string
    {
        return _DB_NAME_ . "\0" . _DB_PREFIX_;
    }

    private static function master()
    {
        return \Db::getInstance();
    }
}
