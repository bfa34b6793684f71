<?php

namespace StockLedgerModule;

/**
 * Requests with a limit on the whole of their time, connecting included. One handle is kept, so that requests that
 * follow each other share a connection.
 */
final class Http
{
    /** A page of availability of 500 SKUs is about 200 KiB. */
    const BODY_BYTES_MAX = 2097152;

    /** @var resource|\CurlHandle|null */
    private $handle;

    /**
     * Sends a request and waits at most `$millis`. Redirects are not followed: a key must not go where nobody sent it.
     *
     * @param string[] $headers
     * @param string|null $body
     */
    public function send(string $method, string $url, array $headers, $body, int $millis): HttpAnswer
    {
        if (!function_exists('curl_init')) {
            return new HttpAnswer(0, '', 'PHP has no curl');
        }
        if ($this->handle === null) {
            $this->handle = curl_init();
        }
        curl_reset($this->handle);
        $received = '';
        curl_setopt_array($this->handle, self::options($method, $url, $headers, $body, $millis));
        curl_setopt($this->handle, CURLOPT_WRITEFUNCTION, static function ($handle, $chunk) use (&$received) {
            $received .= $chunk;

            // A number of bytes other than the chunk's ends the request.
            return strlen($received) > self::BODY_BYTES_MAX ? 0 : strlen($chunk);
        });
        $done = curl_exec($this->handle);
        $error = $done === false ? curl_error($this->handle) : '';

        return new HttpAnswer($done === false ? 0 : (int) curl_getinfo($this->handle, CURLINFO_HTTP_CODE), $received, $error);
    }

    private static function options(string $method, string $url, array $headers, $body, int $millis): array
    {
        $options = [
            CURLOPT_URL => $url,
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => array_merge($headers, ['Expect:']),
            CURLOPT_CONNECTTIMEOUT_MS => max(1, $millis),
            CURLOPT_TIMEOUT_MS => max(1, $millis),
            // Without it, limits below a second are not kept where curl resolves names by signals.
            CURLOPT_NOSIGNAL => true,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
        ];
        if ($body !== null) {
            $options[CURLOPT_POSTFIELDS] = $body;
        }

        return $options;
    }
}
