<?php

namespace StockLedgerModule;

/**
 * Spares shoppers the wait for a ledger that does not answer. After five failures in a row nobody asks for 30 seconds;
 * then one request asks, and only when it is answered do all the others. The state is a row, so that every process of
 * every web server knows it and emptying a cache folder does not reset it.
 */
final class Breaker
{
    const FAILURES_MAX = 5;
    const PAUSE_SECONDS = 30;

    /** @var int failures when it was last asked; what is whole costs no write */
    private $seenFailures = 0;

    /** Whether the ledger may be asked now. When this answers yes, tell it what came of it. */
    public function admits(): bool
    {
        $row = Sql::row('SELECT failures, open_until, UNIX_TIMESTAMP() AS now FROM ' . self::table() . ' WHERE id = 1');
        if ($row === null) {
            return true;
        }
        $this->seenFailures = (int) $row['failures'];
        if ($this->seenFailures < self::FAILURES_MAX) {
            return true;
        }

        return (int) $row['open_until'] <= (int) $row['now'] && $this->takesTheTry((int) $row['open_until']);
    }

    public function answered()
    {
        if ($this->seenFailures > 0) {
            Sql::change('UPDATE ' . self::table() . ' SET failures = 0, open_until = 0 WHERE id = 1');
        }
    }

    public function failed()
    {
        // Assignments are made from left to right: the deadline comes first, while `failures` is the old number.
        Sql::change(
            'UPDATE ' . self::table() . ' SET open_until = IF(failures + 1 >= ' . self::FAILURES_MAX
            . ', UNIX_TIMESTAMP() + ' . self::PAUSE_SECONDS . ', 0), failures = LEAST(failures + 1, 1000000) WHERE id = 1'
        );
    }

    /** For the configuration page: failures in a row and whether the ledger is left alone now. */
    public static function state(): array
    {
        $row = Sql::row('SELECT failures, open_until, UNIX_TIMESTAMP() AS now FROM ' . self::table() . ' WHERE id = 1');
        $failures = $row === null ? 0 : (int) $row['failures'];
        $isOpen = $row !== null && $failures >= self::FAILURES_MAX && (int) $row['open_until'] > (int) $row['now'];

        return ['failures' => $failures, 'isOpen' => $isOpen];
    }

    /** Of all that come after the pause, the one whose update finds the old deadline. */
    private function takesTheTry(int $seenDeadline): bool
    {
        return Sql::change(
            'UPDATE ' . self::table() . ' SET open_until = UNIX_TIMESTAMP() + ' . self::PAUSE_SECONDS
            . ' WHERE id = 1 AND open_until = ' . $seenDeadline
        ) === 1;
    }

    private static function table(): string
    {
        return Sql::table('stockledger_breaker');
    }
}
