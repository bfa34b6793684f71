<?php

namespace StockLedgerModule;

/** What the ledger says of each SKU, fetched by the cron: a product page reads a row and asks nobody. */
final class Availability
{
    const PAGE_ROWS = 500;
    /** 250,000 SKUs; more wait for the next run. */
    const PAGES_MAX = 500;
    const PAGE_MILLIS_MAX = 10000;
    const EVERY_SECONDS = 300;

    /** Fetches everything that the channel sells, where that was not done in the last minutes. */
    public static function refresh(Ledger $ledger): string
    {
        if (!Settings::isOn(Settings::AVAILABILITY) || !Settings::asksLedger()) {
            return 'not switched on';
        }
        $startedAt = time();
        if ((int) Notes::get(Notes::AVAILABILITY_AT) + self::EVERY_SECONDS > $startedAt) {
            return 'fetched a moment ago';
        }
        $cursor = '';
        for ($page = 0, $count = 0; $page < self::PAGES_MAX; ++$page) {
            $answer = $ledger->availability($cursor, self::PAGE_ROWS, self::PAGE_MILLIS_MAX);
            $body = $answer->json();
            if ($answer->status !== 200 || !isset($body['rows'])) {
                return $count . ' fetched, then HTTP ' . $answer->status . ' ' . $answer->error;
            }
            $count += self::keep($body['rows'], $startedAt);
            if (!isset($body['next'])) {
                self::finish($startedAt);

                return $count . ' fetched';
            }
            $cursor = (string) $body['next'];
        }

        return $count . ' fetched, and there are more';
    }

    /** @return array|null state and arrives (a day, or null) of a product or combination */
    public static function of(int $idProduct, int $idCombination)
    {
        return Sql::row(
            'SELECT a.state, a.arrives FROM ' . Sql::table('stockledger_availability') . ' a '
            . 'JOIN ' . Sql::table('product') . ' p ON p.id_product = ' . $idProduct . ' '
            . 'LEFT JOIN ' . Sql::table('product_attribute') . ' pa ON pa.id_product_attribute = ' . $idCombination . ' '
            . 'WHERE a.sku = CAST(COALESCE(NULLIF(pa.reference, \'\'), p.reference) AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin'
        );
    }

    private static function keep(array $rows, int $run): int
    {
        $values = [];
        foreach ($rows as $row) {
            if (isset($row['sku'], $row['state']) && is_string($row['sku'])) {
                $day = self::firstDay(isset($row['tranches']) ? $row['tranches'] : []);
                $values[] = '(' . Sql::text($row['sku']) . ', ' . Sql::text((string) $row['state']) . ', '
                    . ($day === '' ? 'NULL' : Sql::text($day)) . ', ' . $run . ')';
            }
        }
        if ($values !== []) {
            Sql::change(
                'REPLACE INTO ' . Sql::table('stockledger_availability') . ' (sku, state, arrives, run) VALUES ' . implode(', ', $values)
            );
        }

        return count($values);
    }

    /** When the first units that are not there yet come; empty where that is not said. */
    private static function firstDay(array $tranches): string
    {
        $days = [];
        foreach ($tranches as $tranche) {
            if (isset($tranche['availableAt']) && preg_match('/^\d{4}-\d{2}-\d{2}/', (string) $tranche['availableAt'], $day)) {
                $days[] = $day[0];
            }
        }

        return $days === [] ? '' : min($days);
    }

    /** What the channel does not sell any more goes, once a whole run is through. */
    private static function finish(int $run)
    {
        Sql::change('DELETE FROM ' . Sql::table('stockledger_availability') . ' WHERE run < ' . $run);
        Notes::set(Notes::AVAILABILITY_AT, (string) $run);
    }
}
