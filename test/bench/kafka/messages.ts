import { intakeTopics } from '#apps/ledger';
import type { OutgoingMessage } from '#messaging';
import { place } from '../service/shop.js';

const headersOf = (id: string, type: string): OutgoingMessage['headers'] => ({
  ...{ ce_specversion: '1.0', ce_id: id, ce_source: place.connection, ce_type: type },
  'content-type': 'application/json',
});

export const linesPerOrder = 3;
export const skuOf = (index: number, skus: number): string => `sku-${index % skus}`;

/** Each line is of another SKU. */
export const orderMessage = (index: number, skus: number): OutgoingMessage => ({
  key: `${place.channel}:order-${index}`,
  headers: headersOf(`order-${index}`, intakeTopics.orders),
  value: JSON.stringify({
    ...{ version: 1, placedAt: '2026-03-01T09:00:00Z', payment: 'paid' },
    lines: Array.from({ length: linesPerOrder }, (_, line) => ({
      ...{ line: `${line + 1}`, sku: skuOf(index * linesPerOrder + line, skus), ordered: 1 },
    })),
  }),
});

export const receiptMessage = (key: string, sku: string, quantity: number): OutgoingMessage => ({
  key: sku,
  headers: headersOf(key, intakeTopics.movements),
  value: JSON.stringify({ kind: 'receipt', sku, location: place.location, quantity, sourceKey: key }),
});
