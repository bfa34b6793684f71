<?php

namespace StockLedgerModule;

/**
 * Sends what waits, one event a request, oldest first, at least once: a row goes when it was acknowledged. A receiver that
 * cannot be reached is left alone for a while that doubles; what it refuses for good is counted and let go, as the shop's
 * orders are read without it too.
 */
final class Sender
{
    const ROWS_MAX = 2000;
    const BATCH_ROWS = 100;
    /** A run of every minute ends before the next. */
    const RUN_SECONDS_MAX = 50;
    const REQUEST_MILLIS_MAX = 5000;
    const PAUSE_SECONDS_MIN = 15;
    const PAUSE_SECONDS_MAX = 900;

    /** Answers that say: this event, whatever comes. All others may change with time or by a person. */
    const REFUSED_FOR_GOOD = [400, 409, 410, 413, 415, 422];

    /** @var Http */
    private $http;

    public function __construct(Http $http)
    {
        $this->http = $http;
    }

    /** How many were acknowledged, and why it ended. */
    public function run(): string
    {
        if (Settings::text(Settings::OUTBOX_URL) === '' || Settings::text(Settings::OUTBOX_SECRET) === '') {
            return 'not configured';
        }
        if (Lock::take('sender', '0', 0) === Lock::BUSY) {
            return 'another one is at it';
        }
        $wait = (int) Notes::get(Notes::SEND_AFTER) - time();
        if ($wait > 0) {
            return 'waits ' . $wait . ' s more';
        }

        return $this->sendAll(microtime(true) + self::RUN_SECONDS_MAX);
    }

    private function sendAll(float $until): string
    {
        for ($sent = 0; $sent < self::ROWS_MAX;) {
            $rows = Outbox::oldest(self::BATCH_ROWS);
            if ($rows === []) {
                break;
            }
            foreach ($rows as $row) {
                if (microtime(true) > $until || !$this->send($row)) {
                    return $sent . ' sent, ' . Outbox::waiting() . ' wait';
                }
                ++$sent;
            }
        }

        return $sent . ' sent';
    }

    /** Whether the next may be sent. */
    private function send(array $row): bool
    {
        $body = Message::bodyOf($row);
        $headers = Signature::headersOf((string) $row['event_id'], $body, Settings::text(Settings::OUTBOX_SECRET), time());
        $answer = $this->http->send('POST', Settings::text(Settings::OUTBOX_URL), $headers, $body, self::REQUEST_MILLIS_MAX);
        $isTaken = $answer->status >= 200 && $answer->status < 300;
        if (!$isTaken && !in_array($answer->status, self::REFUSED_FOR_GOOD, true)) {
            $this->pause($answer);

            return false;
        }
        if (!$isTaken) {
            Notes::addOne(Notes::REJECTED);
            Notes::set(Notes::SEND_ERROR, self::said($answer));
        }
        Notes::set(Notes::SEND_FAILURES, '0');

        // A row that cannot be removed would be sent for ever.
        return Outbox::remove((int) $row['sequence']) !== null;
    }

    private function pause(HttpAnswer $answer)
    {
        $failures = (int) Notes::get(Notes::SEND_FAILURES);
        $pause = min(self::PAUSE_SECONDS_MAX, self::PAUSE_SECONDS_MIN * (1 << min($failures, 10)));
        Notes::set(Notes::SEND_FAILURES, (string) ($failures + 1));
        Notes::set(Notes::SEND_AFTER, (string) (time() + $pause));
        Notes::set(Notes::SEND_ERROR, self::said($answer));
    }

    private static function said(HttpAnswer $answer): string
    {
        $what = $answer->status === 0 ? 'no answer: ' . $answer->error : 'HTTP ' . $answer->status;

        return gmdate('Y-m-d H:i:s') . ' UTC: ' . $what;
    }
}
