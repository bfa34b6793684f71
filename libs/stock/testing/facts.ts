import type { Instant } from '#event-sourcing';
import type {
  AdjustStock,
  CountStock,
  ExpectIncoming,
  FactCommand,
  IssueStock,
  ReceiveStock,
  ReturnStock,
} from '../src/commands.js';
import { at, day, later, now } from './company.js';

/* What the warehouse's system reports, unless a test says otherwise: of `wh1`, now, in a document of its own. */

let documents = 0;
/** A stable hash of content is enough here: the content itself. */
export const hashed = <Command extends FactCommand>(command: Omit<Command, 'hash'>): Command => {
  const { connection: _c, sourceKey: _s, sourceVersion: _v, ...content } = command as unknown as FactCommand;
  return { ...command, hash: JSON.stringify(content) } as unknown as Command;
};
export const reporting = (connection: string) => ({
  connection,
  sourceKey: `doc-${++documents}`,
  sourceVersion: 1,
  occurredAt: now,
});

/** Fields of a command that a test sets by itself. */
type Some<Command> = Partial<Omit<Command, 'kind' | 'hash'>>;

export const receipt = (quantity: number, rest: Some<ReceiveStock> = {}): ReceiveStock =>
  hashed<ReceiveStock>({
    ...reporting('wms'),
    ...{ kind: 'receipt', location: 'wh1', bucket: 'sellable', quantity },
    ...rest,
  });
export const issueOf = (quantity: number, rest: Some<IssueStock> = {}): IssueStock =>
  hashed<IssueStock>({ ...reporting('wms'), kind: 'issue', location: 'wh1', quantity, ...rest });
export const returnOf = (quantity: number, rest: Some<ReturnStock> = {}): ReturnStock =>
  hashed<ReturnStock>({
    ...reporting('wms'),
    ...{ kind: 'return', location: 'wh1', disposition: 'sellable', quantity },
    ...rest,
  });
export const adjustment = (quantity: number, rest: Some<AdjustStock> = {}): AdjustStock =>
  hashed<AdjustStock>({
    ...reporting('wms'),
    ...{ kind: 'adjustment', location: 'wh1', bucket: 'sellable', reason: 'found', quantity },
    ...rest,
  });
export const countOf = (observed: number, asOf: Instant, rest: Some<CountStock> = {}): CountStock =>
  hashed<CountStock>({
    ...reporting('wms'),
    ...{ kind: 'count', location: 'wh1', basis: 'on_hand', asOf, occurredAt: asOf, observed },
    ...rest,
  });
export const incomingOf = (sourceKey: string, quantity: number, rest: Some<ExpectIncoming> = {}): ExpectIncoming =>
  hashed<ExpectIncoming>({
    ...reporting('wms'),
    ...{ kind: 'incoming', location: 'wh1', sourceKey, quantity },
    ...{ orderedAt: at('08:00'), eta: later(3 * day), confirmed: true },
    ...rest,
  });
