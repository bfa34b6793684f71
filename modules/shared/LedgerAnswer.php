<?php

namespace StockLedgerModule;

/** What the ledger said of a cart. */
final class LedgerAnswer
{
    /** The cart holds its units. */
    const HELD = 'held';
    /** There is not enough: `facts` has the numbers. */
    const REFUSED = 'refused';
    /** One SKU of the cart is none of the ledger's. */
    const UNKNOWN_SKU = 'unknown_sku';
    /** No answer, a fault or too busy: another try later may do. */
    const SILENT = 'silent';
    /** It answers, and will answer the same again: the key, the channel or this cart is not as it takes them. */
    const REJECTED = 'rejected';

    /** @var string */
    public $kind;
    /** @var array sku, requested and available, where they are said */
    public $facts;
    /** @var string for the log and the configuration page */
    public $reason;

    public function __construct(string $kind, array $facts, string $reason)
    {
        $this->kind = $kind;
        $this->facts = $facts;
        $this->reason = $reason;
    }

    public static function from(HttpAnswer $answer): self
    {
        $facts = $answer->json();
        if ($answer->status === 200 && isset($facts['lines'])) {
            return new self(self::HELD, $facts, '');
        }
        $code = isset($facts['code']) && is_string($facts['code']) ? $facts['code'] : '';

        return new self(self::kindOf($answer->status, $code), $facts, self::reasonOf($answer, $code));
    }

    private static function kindOf(int $status, string $code): string
    {
        if ($code === 'insufficient' || $code === 'eta_unknown') {
            return self::REFUSED;
        }
        if ($code === 'unknown_sku') {
            return self::UNKNOWN_SKU;
        }

        return $status >= 400 && $status < 500 && $status !== 408 && $status !== 429 && $code !== ''
            ? self::REJECTED
            : self::SILENT;
    }

    private static function reasonOf(HttpAnswer $answer, string $code): string
    {
        if ($answer->status === 0) {
            return 'no answer: ' . $answer->error;
        }

        return 'HTTP ' . $answer->status . ($code === '' ? '' : ', ' . $code);
    }
}
