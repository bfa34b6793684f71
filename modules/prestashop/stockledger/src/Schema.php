<?php

namespace StockLedgerModule;

/** The module's own tables. The shop's are read and never changed. */
final class Schema
{
    const TABLES = [
        'stockledger_breaker' => 'id TINYINT UNSIGNED NOT NULL PRIMARY KEY, failures INT UNSIGNED NOT NULL, open_until INT UNSIGNED NOT NULL',
        'stockledger_note' => 'name VARCHAR(64) NOT NULL PRIMARY KEY, value VARCHAR(255) NOT NULL',
        'stockledger_hold' => 'id_cart INT UNSIGNED NOT NULL PRIMARY KEY, verdict VARCHAR(32) NOT NULL, fingerprint CHAR(40) NOT NULL, held_until INT UNSIGNED NOT NULL, asked_at INT UNSIGNED NOT NULL, KEY (asked_at)',
        'stockledger_lock' => 'name VARCHAR(64) NOT NULL PRIMARY KEY, holder CHAR(16) NOT NULL, until INT UNSIGNED NOT NULL',
        'stockledger_outbox' => 'sequence BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, event_id CHAR(36) NOT NULL, kind VARCHAR(32) NOT NULL, id_shop INT UNSIGNED NOT NULL, id_order INT UNSIGNED NOT NULL, id_cart INT UNSIGNED NOT NULL, occurred_at VARCHAR(32) NOT NULL, hint TEXT NOT NULL',
        'stockledger_availability' => 'sku VARCHAR(64) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY, state VARCHAR(32) NOT NULL, arrives DATE NULL, run INT UNSIGNED NOT NULL, KEY (run)',
    ];

    public static function create(): bool
    {
        foreach (self::TABLES as $name => $columns) {
            $engine = defined('_MYSQL_ENGINE_') ? _MYSQL_ENGINE_ : 'InnoDB';
            $sql = 'CREATE TABLE IF NOT EXISTS ' . Sql::table($name) . ' (' . $columns . ') ENGINE=' . $engine . ' DEFAULT CHARSET=utf8mb4';
            if (Sql::change($sql) === null) {
                return false;
            }
        }

        return Sql::change('INSERT IGNORE INTO ' . Sql::table('stockledger_breaker') . ' (id, failures, open_until) VALUES (1, 0, 0)') !== null;
    }

    public static function drop(): bool
    {
        $all = true;
        foreach (array_keys(self::TABLES) as $name) {
            $all = Sql::change('DROP TABLE IF EXISTS ' . Sql::table($name)) !== null && $all;
        }

        return $all;
    }
}
