import { intakeTopics } from '#apps/ledger';
import type { OutgoingMessage } from '#messaging';

/** Messages as a shop and a warehouse send them. */

let ids = 0;
const headers = (source: string, type: string) => ({
  ...{ ce_specversion: '1.0', ce_id: `m-${(ids += 1)}`, ce_source: source, ce_type: type },
  'content-type': 'application/json',
});

export type OrderLine = {
  readonly line: string;
  readonly sku: string;
  readonly ordered: number;
  readonly cancelled?: number;
};

export const orderMessage = (
  orderKey: string,
  version: number,
  lines: readonly OrderLine[],
  { channel = 'web', source = 'shop' } = {},
): OutgoingMessage => ({
  key: `${channel}:${orderKey}`,
  headers: headers(source, intakeTopics.orders),
  value: JSON.stringify({ version, placedAt: '2026-03-01T09:00:00Z', payment: 'paid', lines }),
});

export const receiptMessage = (
  sku: string,
  quantity: number,
  sourceKey: string,
  { source = 'wms', ...rest }: { readonly source?: string; readonly [field: string]: unknown } = {},
): OutgoingMessage => ({
  key: sku,
  headers: headers(source, intakeTopics.movements),
  value: JSON.stringify({
    ...{ kind: 'receipt', sku, location: 'wh1', quantity, sourceKey, occurredAt: '2026-03-01T08:00:00Z' },
    ...rest,
  }),
});

/** What cannot be taken in, each for another reason, and the code of it. */
export const poison: readonly (readonly [code: string, message: OutgoingMessage])[] = [
  ['malformed_message', { ...receiptMessage('A', 1, 'p1'), headers: {} }],
  ['malformed_message', { ...receiptMessage('A', 1, 'p8'), headers: headers('wms', intakeTopics.orders) }],
  ['malformed_message', receiptMessage('A', 1, 'p9', { source: 'Not a code' })],
  ['malformed_json', { ...receiptMessage('A', 1, 'p2'), value: '{"kind":' }],
  ['body_missing', { ...receiptMessage('A', 1, 'p3'), value: null }],
  ['missing_field', { ...receiptMessage('A', 1, 'p4'), value: '{}' }],
  ['invalid_number', receiptMessage('A', 1.5, 'p5')],
  ['unknown_location', receiptMessage('A', 1, 'p6', { location: 'moon' })],
  ['unknown_field', receiptMessage('A', 1, 'p7', { '\0x\u{d800}': 1 })],
];
