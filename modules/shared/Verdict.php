<?php

namespace StockLedgerModule;

/** What is known of a cart after the ledger was asked, or could not be. */
final class Verdict
{
    const HELD = 'held';
    const REFUSED = 'refused';
    /** Nobody knows: the ledger was silent, is left alone for a while, or does not take the question. */
    const UNKNOWN = 'unknown';
    /** Nothing in this cart is the ledger's. */
    const NOTHING_TO_HOLD = 'nothing_to_hold';

    /** @var string */
    public $kind;
    /** @var array of a refusal: sku, name, requested, available */
    public $shortage;
    /** @var string */
    public $reason;

    private function __construct(string $kind, array $shortage, string $reason)
    {
        $this->kind = $kind;
        $this->shortage = $shortage;
        $this->reason = $reason;
    }

    public static function held(): self
    {
        return new self(self::HELD, [], '');
    }

    public static function refused(array $shortage): self
    {
        return new self(self::REFUSED, $shortage, '');
    }

    public static function unknown(string $reason): self
    {
        return new self(self::UNKNOWN, [], $reason);
    }

    public static function nothingToHold(): self
    {
        return new self(self::NOTHING_TO_HOLD, [], '');
    }
}
