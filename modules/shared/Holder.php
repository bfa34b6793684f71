<?php

namespace StockLedgerModule;

/** Asks the ledger to hold what a cart wants, within the budget. */
final class Holder
{
    /**
     * The hold at the ledger outlives the shop's by a minute: whoever follows the shop's orders has then seen the order
     * that this hold was for before its units are free again.
     */
    const AFTERLIFE_SECONDS = 60;

    /** The cart, and again without what the ledger does not know; a third time where its read side was behind. */
    const QUESTIONS_MAX = 3;

    /** Below this, another question would only run into the budget. */
    const QUESTION_MILLIS_MIN = 20;

    /** @var Ledger */
    private $ledger;
    /** @var Breaker */
    private $breaker;

    public function __construct(Ledger $ledger, Breaker $breaker)
    {
        $this->ledger = $ledger;
        $this->breaker = $breaker;
    }

    /** @param CartLine[] $lines */
    public function verdictOn(string $reservation, array $lines): Verdict
    {
        $startedAt = microtime(true);
        if (!Settings::asksLedger()) {
            return Verdict::unknown('not configured');
        }
        if (!$this->breaker->admits()) {
            return Verdict::unknown('breaker open');
        }
        $answer = $this->askWithout($reservation, $lines, $startedAt);
        if ($answer === null) {
            $this->breaker->answered();

            return Verdict::nothingToHold();
        }
        $this->tell($answer);

        return $this->verdictOf($answer, $lines);
    }

    /**
     * Asks, leaving out what the ledger does not know: the refusal of a SKU that nobody has told it of must not decide
     * about the others.
     *
     * @param CartLine[] $lines
     *
     * @return LedgerAnswer|null null where nothing is left to ask about
     */
    private function askWithout(string $reservation, array $lines, float $startedAt)
    {
        $answer = null;
        for ($questions = 0; $questions < self::QUESTIONS_MAX && $lines !== []; ++$questions) {
            if (self::millisLeft($startedAt) < self::QUESTION_MILLIS_MIN) {
                return new LedgerAnswer(LedgerAnswer::SILENT, [], 'no time left');
            }
            $ttl = Settings::holdSeconds() + self::AFTERLIFE_SECONDS;
            $answer = $this->ledger->setCart($reservation, $lines, $ttl, self::millisLeft($startedAt));
            if ($answer->kind !== LedgerAnswer::UNKNOWN_SKU) {
                return $answer;
            }
            $lines = $this->knownOf($lines, $answer, $startedAt);
        }

        return $lines === [] ? null : $answer;
    }

    /**
     * The lines without the SKU that the ledger has named, and without all others that it does not know.
     *
     * @param CartLine[] $lines
     *
     * @return CartLine[]
     */
    private function knownOf(array $lines, LedgerAnswer $answer, float $startedAt): array
    {
        $unknown = isset($answer->facts['sku']) ? [$answer->facts['sku']] : [];
        if (count($lines) > 1) {
            $unknown = array_merge($unknown, $this->ledger->missingOf($lines, self::millisLeft($startedAt)));
        }

        return array_filter($lines, static function (CartLine $line) use ($unknown) {
            return !in_array($line->sku, $unknown, true);
        });
    }

    private static function millisLeft(float $startedAt): int
    {
        return Settings::budgetMillis() - (int) ((microtime(true) - $startedAt) * 1000);
    }

    private function tell(LedgerAnswer $answer)
    {
        if ($answer->kind === LedgerAnswer::SILENT) {
            $this->breaker->failed();
        } else {
            $this->breaker->answered();
        }
        if ($answer->reason !== '' && $answer->kind !== LedgerAnswer::REFUSED) {
            Notes::set(Notes::LEDGER_ERROR, gmdate('Y-m-d H:i:s') . ' UTC: ' . $answer->reason);
        }
    }

    /** @param CartLine[] $lines */
    private function verdictOf(LedgerAnswer $answer, array $lines): Verdict
    {
        switch ($answer->kind) {
            case LedgerAnswer::HELD:
                return Verdict::held();
            case LedgerAnswer::REFUSED:
                return Verdict::refused(Shortage::of($answer->facts, $lines));
            default:
                return Verdict::unknown($answer->reason);
        }
    }
}
