import type { RecordedEvent } from '#event-sourcing';
import type { SkuBooks } from './books.js';
import { partsOf } from './parts.js';

type Named = { channel?: string; location?: string; quantity?: number; order?: { channel: string } };

/** What is wrong with an event that touches units kept for a channel; `books` are those after it. */
export const auditQuotas = (event: RecordedEvent, books: SkuBooks): readonly string[] => {
  const { channel, location, quantity, order } = event.data as Named;
  const of = order?.channel ?? channel ?? '';
  const taken = partsOf(event)
    .filter(({ from, to }) => from.startsWith('fenced:') && to !== 'sellable' && from !== `fenced:${of}`)
    .map(({ from }) => `takes units that are ${from}`);
  if (event.type === 'QuotaSet') books.quotas.set(`${String(location)}|fenced:${of}`, quantity ?? 0);
  const account = `${String(location)}|fenced:${of}`;
  const stands = books.balances.get(account) ?? 0;
  const beyond = event.type === 'QuotaFilled' && stands > (books.quotas.get(account) ?? 0);
  return beyond ? [...taken, `fences ${stands} where ${books.quotas.get(account) ?? 0} were to be kept`] : taken;
};
