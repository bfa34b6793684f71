<?php

namespace StockLedgerModule;

/** The module's own tables. The shop's are read and, but for figures of stock that the ledger sets, never changed. */
final class Schema
{
    const TABLES = [
        'stockledger_breaker' => 'id TINYINT UNSIGNED NOT NULL PRIMARY KEY, failures INT UNSIGNED NOT NULL, open_until INT UNSIGNED NOT NULL',
        'stockledger_note' => 'name VARCHAR(64) NOT NULL PRIMARY KEY, value VARCHAR(255) NOT NULL',
        'stockledger_cart' => 'reservation CHAR(36) NOT NULL PRIMARY KEY, customer VARCHAR(64) NOT NULL, verdict VARCHAR(32) NOT NULL, fingerprint CHAR(40) NOT NULL, held_until INT UNSIGNED NOT NULL, id_order BIGINT UNSIGNED NOT NULL, ordered_lines CHAR(40) NOT NULL, ordered_at INT UNSIGNED NOT NULL, touched_at INT UNSIGNED NOT NULL, KEY (customer, touched_at), KEY (id_order), KEY (touched_at)',
        'stockledger_hold' => 'reservation CHAR(36) NOT NULL, id_product BIGINT UNSIGNED NOT NULL, quantity INT UNSIGNED NOT NULL, held_until INT UNSIGNED NOT NULL, PRIMARY KEY (reservation, id_product), KEY (id_product, held_until), KEY (held_until)',
        'stockledger_lock' => 'name VARCHAR(64) NOT NULL PRIMARY KEY, holder CHAR(16) NOT NULL, until INT UNSIGNED NOT NULL',
        'stockledger_outbox' => 'sequence BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, event_id CHAR(36) NOT NULL, kind VARCHAR(32) NOT NULL, id_order BIGINT UNSIGNED NOT NULL, reservation VARCHAR(36) NOT NULL, occurred_at VARCHAR(32) NOT NULL, hint TEXT NOT NULL',
    ];

    public static function create(): bool
    {
        global $wpdb;
        foreach (self::TABLES as $name => $columns) {
            $sql = 'CREATE TABLE IF NOT EXISTS ' . Sql::table($name) . ' (' . $columns . ') ENGINE=InnoDB ' . $wpdb->get_charset_collate();
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
