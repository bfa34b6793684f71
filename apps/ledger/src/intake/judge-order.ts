import { isUtf8 } from 'node:buffer';
import { validated, ProblemError } from '#platform';
import { badCode, badKey } from '#policies';
import type { IncomingMessage } from '#messaging';
import type { Ledger } from '../composition/ledger.js';
import type { OrderPlace } from '../composition/orders.js';
import { OrderRequest } from '../http/orders/order.request.js';
import { readEnvelope } from './read-envelope.js';
import { intakeTopics } from './topics.js';
import { taken, verdictOf, type Verdict } from './verdict.js';

/** Bytes that are no UTF-8 would all become one sign, and keys that differ in them one order. */
const textOf = (key: Uint8Array | undefined): string =>
  key === undefined || !isUtf8(key) ? '' : Buffer.from(key).toString('utf8');

/** `web:10042`: the channel and the key of the order there, which may hold colons of its own. */
const placeOf = (key: Uint8Array | undefined): OrderPlace => {
  const text = textOf(key);
  const colon = text.indexOf(':');
  const place = { channel: text.slice(0, Math.max(0, colon)), orderKey: text.slice(colon + 1) };
  if (colon > 0 && badCode(place.channel) === undefined && badKey(place.orderKey) === undefined) return place;
  throw new ProblemError('malformed_message', {
    field: 'key',
    detail: 'The key of an order message is <channel>:<order key>',
  });
};

/** An order as a whole snapshot, as over HTTP. It is taken in once its own stream has it: its SKUs hear of it, now or later. */
export const judgeOrder = async (ledger: Pick<Ledger, 'orders'>, message: IncomingMessage): Promise<Verdict> => {
  const { asker, body } = readEnvelope(intakeTopics.orders, message);
  const request = validated(OrderRequest, body);
  const answer = await ledger.orders.record(asker, placeOf(message.key), request.toSnapshot());
  return answer.kind === 'failed' ? verdictOf(answer.failure) : taken;
};
