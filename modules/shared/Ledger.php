<?php

namespace StockLedgerModule;

/** The ledger's HTTP API, as far as a shop needs it. Its key has the scopes reservations:write and stock:read. */
final class Ledger
{
    /** @var Http */
    private $http;

    public function __construct(Http $http)
    {
        $this->http = $http;
    }

    /**
     * Sets what a cart holds, all of it or nothing. Set, not added: the same again changes nothing but the deadline.
     *
     * @param CartLine[] $lines
     * @param int $millis the most that this may take
     */
    public function setCart(string $reservation, array $lines, int $ttlSeconds, int $millis): LedgerAnswer
    {
        $body = json_encode([
            'lines' => array_map([self::class, 'lineOf'], array_values($lines)),
            'ttlSeconds' => $ttlSeconds,
        ]);
        $path = '/v1/reservations/' . rawurlencode(Settings::text(Settings::CHANNEL)) . '/' . rawurlencode($reservation);
        if ($body === false) {
            return new LedgerAnswer(LedgerAnswer::REJECTED, [], 'a reference is not UTF-8');
        }

        return LedgerAnswer::from($this->request('PUT', $path, $body, $millis));
    }

    /**
     * SKUs of these lines that the ledger was never told of; none where it does not say.
     *
     * @param CartLine[] $lines
     *
     * @return string[]
     */
    public function missingOf(array $lines, int $millis): array
    {
        $skus = array_values(array_unique(array_map(static function (CartLine $line) {
            return $line->sku;
        }, $lines)));
        $body = json_encode(['channel' => Settings::text(Settings::CHANNEL), 'skus' => $skus]);
        $answer = $this->request('POST', '/v1/availability/bulk', $body, $millis)->json();

        return isset($answer['missing']) && is_array($answer['missing']) ? $answer['missing'] : [];
    }

    /** One page of what the channel may promise of everything that it sells. */
    public function availability(string $cursor, int $limit, int $millis): HttpAnswer
    {
        $query = http_build_query(['limit' => $limit] + ($cursor === '' ? [] : ['cursor' => $cursor]));
        $path = '/v1/channels/' . rawurlencode(Settings::text(Settings::CHANNEL)) . '/availability?' . $query;

        return $this->request('GET', $path, null, $millis);
    }

    private function request(string $method, string $path, $body, int $millis): HttpAnswer
    {
        $headers = ['Authorization: Bearer ' . Settings::text(Settings::KEY), 'Accept: application/json'];
        if ($body !== null) {
            $headers[] = 'Content-Type: application/json';
        }

        return $this->http->send($method, rtrim(Settings::text(Settings::URL), '/') . $path, $headers, $body, $millis);
    }

    private static function lineOf(CartLine $line): array
    {
        return ['sku' => $line->sku, 'quantity' => $line->quantity, 'listing' => $line->listing];
    }
}
