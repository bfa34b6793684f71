import { expect, it } from 'vitest';
import { createEventStoreDbStore } from './event-store.js';

const url = 'esdb://127.0.0.1:1?tls=false';

it.each([[[]], [['']], [['$']], [['stock-', '$ce-stock']]])('%j are no prefixes of a ledger', (prefixes) => {
  expect(() => createEventStoreDbStore({ url, prefixes })).toThrow('prefix');
});

it('a connection string that is none is said at once', () => {
  expect(() => createEventStoreDbStore({ url: 'postgres://127.0.0.1', prefixes: ['stock-'] })).toThrow();
});
