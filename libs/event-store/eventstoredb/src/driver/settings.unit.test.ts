import { expect, it } from 'vitest';
import { settingsOf } from './settings.js';

it.each([
  ['is on unless it is said otherwise', '', { intervalMs: 10_000, timeoutMs: 10_000 }],
  [
    'is what the connection string says',
    '&keepAliveInterval=12000&keepAliveTimeout=11000',
    { intervalMs: 12_000, timeoutMs: 11_000 },
  ],
  ['is off where it says so', '&keepAliveInterval=-1', { intervalMs: 2 ** 31 - 1, timeoutMs: 10_000 }],
])('keep-alive %s', (_, said, keepAlive) => {
  expect(settingsOf(`esdb://127.0.0.1:2113?tls=false${said}`).keepAlive).toEqual(keepAlive);
});
