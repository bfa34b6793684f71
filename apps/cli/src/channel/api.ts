import { callLedger, type LedgerAddress, type LedgerRequest } from '../policy/client.js';
import { isTerms, type Json, type Terms } from '../policy/terms.js';

/** What the ledger asks a shop for takes as long as the shop does. */
export const shopMillisMax = 45_000;

/** @throws LedgerError */
export type Ask = (method: LedgerRequest['method'], path: string, body?: Terms) => Promise<Terms>;

export const askOf =
  ({ url, key }: LedgerAddress): Ask =>
  (method, path, body) =>
    callLedger({ url, key }, { method, path, millisMax: shopMillisMax, ...(body !== undefined && { body }) });

export const channelPath = (channel: string): string => `/v1/channels/${encodeURIComponent(channel)}`;
export const connectorPath = (channel: string): string => `${channelPath(channel)}/connector`;

/** Every row of a list that comes in pages. @throws LedgerError */
export async function* rowsOf(ask: Ask, path: string): AsyncGenerator<Terms> {
  let cursor = '';
  do {
    const joint = path.includes('?') ? '&' : '?';
    const { rows, next } = await ask(
      'GET',
      cursor === '' ? path : `${path}${joint}cursor=${encodeURIComponent(cursor)}`,
    );
    if (Array.isArray(rows)) yield* rows.filter(isTerms);
    cursor = typeof next === 'string' ? next : '';
  } while (cursor !== '');
}

/** A member that is an object; empty where there is none. */
export const termsAt = (terms: Terms, name: string): Terms => {
  const value = terms[name];
  return isTerms(value) ? value : {};
};

export const numberAt = (terms: Terms, name: string): number => {
  const value = terms[name];
  return typeof value === 'number' ? value : 0;
};

export const textAt = (terms: Terms, name: string): string => {
  const value = terms[name];
  return typeof value === 'string' ? value : '';
};

/** For a person: a text as it is, everything else as JSON. */
export const wordOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

export const listAt = (terms: Terms, name: string): readonly Json[] => {
  const value = terms[name];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
};

/** In pieces of a size. */
export const piecesOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
