import { instantOf, millisOf, type Instant, type Known } from '#event-sourcing';
import type { ChannelPolicy, LocationPolicy } from '#atp';
import type {
  AdjustStock,
  CountStock,
  ExpectIncoming,
  FactCommand,
  IssueStock,
  ReceiveStock,
  Reserve,
  SetOrderTarget,
  StockCommand,
  TargetLine,
} from '../src/commands.js';
import { decide } from '../src/decide/decide.js';
import type { StockDecision } from '../src/decide/conclude.js';
import type { StockEvent } from '../src/events.js';
import { evolve } from '../src/evolve.js';
import type { StockPolicy } from '../src/policy.js';
import type { FactRecord } from '../src/state/facts.js';
import { initialState, type StockState } from '../src/state/state.js';

/* A small company for this lib's tests: two warehouses and a shop floor, two channels and a till. */

export const now: Instant = '2026-03-01T12:00:00.000Z';
export const at = (time: string): Instant => `2026-03-01T${time}:00.000Z`;
export const later = (seconds: number, from: Instant = now): Instant => instantOf(millisOf(from) + seconds * 1_000);

const channel = (name: string, locations: readonly string[], splitCarts = false): ChannelPolicy => ({
  channel: name,
  connection: `${name}_shop`,
  locations,
  reservationTtlMillis: 900_000,
  splitCarts,
  ...(name !== 'pos' && { backorder: { horizonDays: 7 } }),
  revision: 3,
});
const location = (name: string, author: string, authors: LocationPolicy['authors'] = {}): LocationPolicy => ({
  location: name,
  author,
  authors,
  kind: 'own',
  state: 'open',
  revision: 0,
});

export const policy: StockPolicy = {
  channels: new Map(
    [channel('web', ['wh1', 'wh2']), channel('b2b', ['wh2', 'wh1'], true), channel('pos', ['floor'])].map((one) => [
      one.channel,
      one,
    ]),
  ),
  locations: new Map(
    [location('wh1', 'wms'), location('wh2', 'wms'), location('floor', 'till', { count: 'scanner' })].map((one) => [
      one.location,
      one,
    ]),
  ),
};
export const nothingKnown: Known<FactRecord> = { facts: new Map(), elsewhere: new Map() };

let documents = 0;
/** A stable hash of content is enough here: the content itself. */
const hashed = <Command extends FactCommand>(command: Omit<Command, 'hash'>): Command => {
  const { connection: _c, sourceKey: _s, sourceVersion: _v, ...content } = command as unknown as FactCommand;
  return { ...command, hash: JSON.stringify(content) } as unknown as Command;
};
const reporting = (connection: string) => ({
  connection,
  sourceKey: `doc-${++documents}`,
  sourceVersion: 1,
  occurredAt: now,
});

type Some<Command> = Partial<Omit<Command, 'kind' | 'hash'>>;
export const receipt = (quantity: number, rest: Some<ReceiveStock> = {}): ReceiveStock =>
  hashed<ReceiveStock>({
    ...reporting('wms'),
    kind: 'receipt',
    location: 'wh1',
    bucket: 'sellable',
    quantity,
    ...rest,
  });
export const issueOf = (quantity: number, rest: Some<IssueStock> = {}): IssueStock =>
  hashed<IssueStock>({ ...reporting('wms'), kind: 'issue', location: 'wh1', quantity, ...rest });
export const adjustment = (quantity: number, rest: Some<AdjustStock> = {}): AdjustStock =>
  hashed<AdjustStock>({
    ...reporting('wms'),
    kind: 'adjustment',
    location: 'wh1',
    bucket: 'sellable',
    reason: 'found',
    quantity,
    ...rest,
  });
export const countOf = (observed: number, asOf: Instant, rest: Some<CountStock> = {}): CountStock =>
  hashed<CountStock>({
    ...reporting('wms'),
    occurredAt: asOf,
    kind: 'count',
    location: 'wh1',
    basis: 'on_hand',
    asOf,
    observed,
    ...rest,
  });
export const incomingOf = (sourceKey: string, quantity: number, rest: Some<ExpectIncoming> = {}): ExpectIncoming =>
  hashed<ExpectIncoming>({
    ...reporting('wms'),
    ...{ kind: 'incoming', location: 'wh1', sourceKey, quantity },
    ...{ orderedAt: at('08:00'), eta: later(3 * 86_400), confirmed: true },
    ...rest,
  });
export { hashed, reporting };

export const reserveOf = (cart: string, quantity: number, rest: Some<Reserve> = {}): Reserve => ({
  kind: 'reserve',
  connection: 'web_shop',
  channel: 'web',
  cart,
  quantity,
  ...rest,
});

export const lineTarget = (
  line: string,
  version: number,
  promised: number,
  rest: Partial<TargetLine> = {},
): TargetLine => ({
  line,
  version,
  ordered: promised,
  promised,
  baselineIssued: 0,
  baselineReturned: 0,
  withheld: 0,
  paid: true,
  ...rest,
});
export const orderOf = (
  orderKey: string,
  lines: readonly TargetLine[],
  rest: Some<SetOrderTarget> = {},
): SetOrderTarget => ({
  kind: 'order_target',
  connection: 'web_shop',
  channel: 'web',
  orderKey,
  placedAt: at('11:00'),
  occurredAt: at('11:00'),
  lines,
  ...rest,
});

export type Circumstances = {
  readonly now?: Instant;
  readonly policy?: StockPolicy;
  readonly known?: Known<FactRecord>;
};

export const decideOn = (state: StockState, command: StockCommand, rest: Circumstances = {}): StockDecision =>
  decide({ command, now, policy, known: nothingKnown, ...rest }, state);

/** One SKU that commands happen to; what is refused is thrown, so that a test says what it expects. */
export type Run = { readonly state: StockState; readonly events: readonly StockEvent[] };
export const started: Run = { state: initialState(), events: [] };

export const run = (before: Run, command: StockCommand, rest: Circumstances = {}): Run => {
  const decision = decideOn(before.state, command, rest);
  if (decision.kind === 'refused') throw new Error(`refused: ${JSON.stringify(decision.refusal)}`);
  const after = {
    state: decision.events.reduce(evolve, before.state),
    events: [...before.events, ...decision.events],
  };
  return decision.kind === 'prepared' ? run(after, command, rest) : after;
};
export const runAll = (...commands: readonly StockCommand[]): Run =>
  commands.reduce((before, command) => run(before, command), started);

/** S/R/C/Q of a location: sellable, reserved, committed, quarantined. */
export const srcq = ({ state }: Run, location: string): readonly [number, number, number, number] => {
  const balances = state.balances.get(location);
  return balances ? [balances.sellable, balances.reserved, balances.committed, balances.quarantined] : [0, 0, 0, 0];
};
export const typesOf = (events: readonly StockEvent[]): readonly string[] => events.map(({ type }) => type);
/** What a command brings about, in one word a piece: the events' types, or the refusal's code. */
export const outcomeOf = (before: Run, command: StockCommand, rest: Circumstances = {}): readonly string[] => {
  const decision = decideOn(before.state, command, rest);
  return decision.kind === 'refused' ? [decision.refusal.code] : typesOf(decision.events);
};
