import type { Instant } from '#event-sourcing';
import type { Page, PageRequest } from '#read-model';
import type { Finding, Findings } from '../../contracts/index.js';

/**
 * Where a finding stands with people:
 * - `open`: rises of its row wait for one; `counting`: and somebody counts; `snoozed`: and nobody is to be asked until then
 * - `resolvable`: the row is right, and a person may say that the shop was
 * - `noted`: nothing is asked of anybody
 * - `resolved`: a person has said what is right
 */
export const findingStates = ['open', 'counting', 'snoozed', 'resolvable', 'noted', 'resolved'] as const;
export type FindingState = (typeof findingStates)[number];

/** A finding as it is kept; what is not known is null. */
export type KeptFinding = Pick<Finding, 'channel' | 'row' | 'sku' | 'kind' | 'units' | 'cause' | 'read' | 'target'> & {
  readonly id: string;
  /** null: it might have shown anything. */
  readonly expected: readonly number[] | null;
  readonly hold: Finding['hold'] | null;
  readonly written: number | null;
  readonly since: Instant | null;
  readonly at: Instant;
  readonly state: FindingState;
  readonly snoozedUntil: Instant | null;
};

export type FindingsAsked = {
  readonly state: FindingState;
  readonly channel?: string | undefined;
  readonly sku?: string | undefined;
};

/** Findings with what people ask of them. */
export type KeptFindings = Findings & {
  /** The newest first. @throws InvalidCursorError */
  readonly list: (asked: FindingsAsked, page: PageRequest) => Promise<Page<KeptFinding>>;
  readonly find: (id: string) => Promise<KeptFinding | undefined>;
  /** Snoozed ones whose rest has ended, some at a time. */
  readonly woken: (by: Instant) => Promise<readonly KeptFinding[]>;
  /** It is open again, unless somebody has said something of it meanwhile. */
  readonly wake: (id: string, by: Instant) => Promise<void>;
};
