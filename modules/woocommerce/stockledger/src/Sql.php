<?php

namespace StockLedgerModule;

/**
 * Statements on the shop's connection. A statement that fails answers as if there were nothing: no caller of this module may
 * be stopped by the database, and no page shows why.
 */
final class Sql
{
    /** The first column of the first row; null without a row, for NULL, and where the statement fails. */
    public static function value(string $sql)
    {
        $row = self::row($sql);

        return $row === null ? null : reset($row);
    }

    /** The first row, or null. */
    public static function row(string $sql)
    {
        $row = self::quietly(static function ($database) use ($sql) {
            return $database->get_row($sql, ARRAY_A);
        });

        return is_array($row) && $row !== [] ? $row : null;
    }

    /** @return array[] */
    public static function rows(string $sql): array
    {
        $rows = self::quietly(static function ($database) use ($sql) {
            return $database->get_results($sql, ARRAY_A);
        });

        return is_array($rows) ? $rows : [];
    }

    /** Rows that the statement has changed; null where it fails. */
    public static function change(string $sql)
    {
        $changed = self::quietly(static function ($database) use ($sql) {
            return $database->query($sql);
        });

        return $changed === false || $changed === null ? null : (int) $changed;
    }

    /**
     * The same, tried twice where it fails: what the database could not do in a crowd (a deadlock, a counter that was
     * busy) it mostly can at once. For statements that bear being run again.
     */
    public static function insist(string $sql)
    {
        $changed = self::change($sql);

        return $changed === null ? self::change($sql) : $changed;
    }

    /** As a text of SQL, in quotes. */
    public static function text(string $text): string
    {
        global $wpdb;

        return $wpdb->prepare('%s', $text);
    }

    public static function table(string $name): string
    {
        global $wpdb;

        return '`' . $wpdb->prefix . $name . '`';
    }

    /** Which shop's tables these are, on a server that may have those of several. */
    public static function place(): string
    {
        global $wpdb;

        return DB_NAME . "\0" . $wpdb->prefix;
    }

    private static function quietly(callable $ask)
    {
        global $wpdb;

        return Guard::run(static function () use ($ask, $wpdb) {
            $wasQuiet = $wpdb->suppress_errors(true);
            $answer = $ask($wpdb);
            $error = (string) $wpdb->last_error;
            $wpdb->suppress_errors($wasQuiet);
            if ($error !== '') {
                Guard::log($error);
            }

            return $answer;
        });
    }
}
