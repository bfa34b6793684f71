import { callLedger } from './client.js';
import type { PolicyKind, PolicyOptions } from './options.js';
import { isTerms, type Terms } from './terms.js';

const pathOf = ({ kind, code }: PolicyOptions): string => {
  const name = encodeURIComponent(code);
  switch (kind) {
    case 'channel':
      return `/v1/channels/${name}`;
    case 'location':
      return `/v1/locations/${name}`;
    case 'sku':
      return `/v1/skus/${name}/policy`;
    default:
      return kind satisfies never;
  }
};

/** What names a policy or is not changed by setting it. */
const notTerms: Readonly<Record<PolicyKind, readonly string[]>> = {
  channel: ['channel', 'connection'],
  location: ['location'],
  sku: ['sku'],
};

/** A policy as the API shows it, taken apart; `revision` -1: a SKU that never had one. */
export type Policy = { readonly terms: Terms; readonly revision?: number };

export const policyOf = (kind: PolicyKind, shown: Terms): Policy => {
  const { revision, ...rest } = shown;
  const terms = Object.fromEntries(Object.entries(rest).filter(([name]) => !notTerms[kind].includes(name)));
  return { terms, ...(typeof revision === 'number' && { revision }) };
};

/** @throws LedgerError */
export const readPolicy = (asked: PolicyOptions): Promise<Terms> =>
  callLedger(asked, { method: 'GET', path: pathOf(asked) });

/** @throws LedgerError, `policy_changed` where somebody has changed it since */
export const sendPolicy = (asked: PolicyOptions, { terms, revision = -1 }: Policy, reason: string): Promise<Terms> =>
  callLedger(asked, { method: 'PUT', path: pathOf(asked), body: { ...terms, revision, reason } });

/** Every change of a policy, the first one first. @throws LedgerError */
export async function* readHistory(asked: PolicyOptions): AsyncGenerator<Terms> {
  let cursor = '';
  do {
    const path = `${pathOf(asked)}/history?limit=1000${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const { rows, next } = await callLedger(asked, { method: 'GET', path });
    if (Array.isArray(rows)) yield* rows.filter(isTerms);
    cursor = typeof next === 'string' ? next : '';
  } while (cursor !== '');
}
