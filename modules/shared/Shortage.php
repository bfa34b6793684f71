<?php

namespace StockLedgerModule;

/** The numbers of a refusal, with the name that the shopper knows the product by. */
final class Shortage
{
    /**
     * @param array $facts of the ledger's answer
     * @param CartLine[] $lines
     *
     * @return array sku, name, requested, available
     */
    public static function of(array $facts, array $lines): array
    {
        $sku = isset($facts['sku']) && is_string($facts['sku']) ? $facts['sku'] : '';
        $name = $sku;
        foreach ($lines as $line) {
            if ($line->sku === $sku && $line->name !== '') {
                $name = $line->name;
            }
        }

        return [
            'sku' => $sku,
            'name' => $name,
            'requested' => self::count($facts, 'requested'),
            'available' => self::count($facts, 'available'),
        ];
    }

    private static function count(array $facts, string $name): int
    {
        return isset($facts[$name]) && is_numeric($facts[$name]) ? max(0, (int) $facts[$name]) : 0;
    }
}
