<?php

namespace StockLedgerModule;

/** What came back; status 0 where nothing did, and then the error says why. */
final class HttpAnswer
{
    /** @var int */
    public $status;
    /** @var string */
    public $body;
    /** @var string */
    public $error;

    public function __construct(int $status, string $body, string $error)
    {
        $this->status = $status;
        $this->body = $body;
        $this->error = $error;
    }

    /** The body as JSON; empty where it is none. */
    public function json(): array
    {
        $decoded = json_decode($this->body, true, 16);

        return is_array($decoded) ? $decoded : [];
    }
}
