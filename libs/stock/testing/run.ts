import type { Instant, Known } from '#event-sourcing';
import type { StockCommand } from '../src/commands.js';
import type { StockDecision } from '../src/decide/conclude.js';
import { decide } from '../src/decide/decide.js';
import type { StockEvent } from '../src/events.js';
import { evolve } from '../src/evolve.js';
import type { StockPolicy } from '../src/policy.js';
import type { FactRecord } from '../src/state/facts.js';
import { decode, encode } from '../src/state/snapshot.js';
import { initialState, type StockState } from '../src/state/state.js';
import { nothingKnown, now, policy } from './company.js';

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
export const play = (from: Run, commands: readonly StockCommand[], rest: Circumstances = {}): Run =>
  commands.reduce((before, command) => run(before, command, rest), from);
export const runAll = (...commands: readonly StockCommand[]): Run => play(started, commands);

/** The same SKU after its state was stored and read again. */
export const restored = ({ state, events }: Run): Run => ({
  state: decode(JSON.parse(JSON.stringify(encode(state))) as never, events.length),
  events,
});

export const typesOf = (events: readonly StockEvent[]): readonly string[] => events.map(({ type }) => type);
/** What a command brings about, in one word a piece: the events' types, or the refusal's code. */
export const outcomeOf = (before: Run, command: StockCommand, rest: Circumstances = {}): readonly string[] => {
  const decision = decideOn(before.state, command, rest);
  return decision.kind === 'refused' ? [decision.refusal.code] : typesOf(decision.events);
};
