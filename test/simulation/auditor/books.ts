import { openCountBooks, type CountBooks } from './counts.js';
import { openIncomingBooks, type AuditedPromise, type IncomingBooks } from './incoming.js';
import type { AuditedPart } from './parts.js';

/**
 * The auditor keeps its own books, from the raw events alone. It shares no code with the ledger: no decider, no evolve, no
 * postings, no availability. What both sides compute must agree.
 */

export type AuditedHold = {
  channel: string;
  quantity: number;
  expiresAt: string;
  parts: { location: string; from: string; quantity: number }[];
  incoming?: AuditedPromise[];
};
export type AuditedLine = {
  version: number;
  ordered: number;
  promised: number;
  baselineIssued: number;
  issued: number;
  committed: { location: string; quantity: number }[];
  backordered?: AuditedPromise[];
};

/** `line`: the order line that its last event named. */
export type AuditedFact = { version: number; line: string; net: Map<string, number> };

/** Everything that one SKU's stream has led to so far. */
export type SkuBooks = {
  /** `<location>|<bucket>` -> units. */
  readonly balances: Map<string, number>;
  readonly holds: Map<string, AuditedHold>;
  readonly lines: Map<string, AuditedLine>;
  /** Fact key -> newest version and the units it has moved in all. */
  readonly facts: Map<string, AuditedFact>;
  /** Every hold and every line as it has stood at some time, in words. */
  readonly stood: Set<string>;
  readonly counted: CountBooks;
  /** `<location>|fenced:<channel>` -> units that were to be kept there. */
  readonly quotas: Map<string, number>;
  readonly incoming: IncomingBooks;
};

export const openBooks = (): SkuBooks => ({
  balances: new Map(),
  holds: new Map(),
  lines: new Map(),
  facts: new Map(),
  stood: new Set(),
  counted: openCountBooks(),
  quotas: new Map(),
  incoming: openIncomingBooks(),
});

const outside = (account: string): boolean =>
  account === 'supplier' || account === 'customer' || account === 'adjustment' || account.startsWith('transit:');

export const accountOf = (part: AuditedPart, side: 'from' | 'to'): string =>
  outside(part[side]) ? part[side] : `${part.location}|${part[side]}`;

export const addTo = (balances: Map<string, number>, account: string, quantity: number): void => {
  const sum = (balances.get(account) ?? 0) + quantity;
  if (sum === 0) balances.delete(account);
  else balances.set(account, sum);
};

export const post = (balances: Map<string, number>, parts: readonly AuditedPart[]): void => {
  for (const part of parts) {
    addTo(balances, accountOf(part, 'from'), -part.quantity);
    addTo(balances, accountOf(part, 'to'), part.quantity);
  }
};

export const lineKeyOf = (order: { channel: string; orderKey: string; line: string }): string =>
  JSON.stringify([order.channel, order.orderKey, order.line]);

export const holdInWords = (reservation: string, quantity: number, expiresAt: string): string =>
  `hold ${reservation} of ${quantity} until ${expiresAt}`;

type LineInNumbers = {
  readonly committed: number;
  readonly unsourced: number;
  readonly backordered: number;
  readonly issued: number;
};
export const lineInWords = (key: string, { committed, unsourced, backordered, issued }: LineInNumbers): string =>
  `line ${key} with ${committed} committed, ${unsourced} unsourced, ${backordered} backordered, ${issued} issued`;

export const sumOf = (items: readonly { readonly quantity: number }[] = []): number =>
  items.reduce((units, { quantity }) => units + quantity, 0);
