import {
  accepted,
  refused,
  type Decision,
  type Instant,
  type JsonObject,
  type Known,
  type Revision,
  type StreamKind,
} from '#event-sourcing';

/**
 * The smallest kind of stream that has everything lanes care about: requests guarded by their id, facts by key and
 * version, refusals, decisions without events, an undo, preparations, and commands that are bugs.
 */
export type CounterCommand =
  /** Takes from what there is; refused beyond. */
  | { readonly kind: 'take'; readonly quantity: number }
  | { readonly kind: 'put'; readonly quantity: number }
  /** Events of a put and of `count - 1` notes, in one append. */
  | { readonly kind: 'put_many'; readonly quantity: number; readonly count: number }
  | { readonly kind: 'undo'; readonly commandId: string; readonly quantity: number }
  /** Sets the fact of this key; a version that is not higher changes nothing. */
  | { readonly kind: 'set_fact'; readonly key: string; readonly version: number; readonly quantity: number }
  | { readonly kind: 'nothing' }
  /** Wants the sum to be even first: asks for a preparation, then puts. */
  | { readonly kind: 'put_on_even'; readonly quantity: number }
  /** Odd: a stream of nothing is prepared. */
  | { readonly kind: 'put_on_odd'; readonly quantity: number }
  | { readonly kind: 'bug' };

export type CounterFact = { readonly version: number; readonly quantity: number };

type Event<Type extends string, Data extends JsonObject> = {
  readonly type: Type;
  readonly data: Data;
  readonly occurredAt: Instant;
};
export type CounterEvent =
  | Event<'Changed', { readonly by: number; readonly undoes?: string; readonly padding?: string }>
  | Event<'FactSet', { readonly key: string; readonly version: number; readonly quantity: number; readonly by: number }>
  | Event<'Noted', Record<string, never>>;

export type CounterState = {
  readonly sum: number;
  readonly facts: ReadonlyMap<string, CounterFact>;
  readonly factsFrom: Revision;
};
export type CounterRefusal =
  { readonly code: 'insufficient'; readonly available: number } | { readonly code: 'moved'; readonly to: string };

type CounterDecision = Decision<CounterEvent, CounterRefusal>;
type CounterAsked = { readonly command: CounterCommand; readonly now: Instant; readonly known: Known<CounterFact> };

const change = (by: number, at: Instant, more: { readonly undoes?: string } = {}): CounterEvent => ({
  type: 'Changed',
  data: { by, ...more },
  occurredAt: at,
});
const noted = (occurredAt: Instant): CounterEvent => ({ type: 'Noted', data: {}, occurredAt });

const setFact = (
  { key, version, quantity }: Extract<CounterCommand, { kind: 'set_fact' }>,
  { known, now }: CounterAsked,
  state: CounterState,
): CounterDecision => {
  const before = state.facts.get(key) ?? known.facts.get(key);
  const elsewhere = known.elsewhere.get(key);
  if (before === undefined && elsewhere !== undefined) return refused({ code: 'moved', to: elsewhere });
  if (before !== undefined && before.version >= version) return accepted();
  const by = quantity - (before?.quantity ?? 0);
  return accepted({ type: 'FactSet', data: { key, version, quantity, by }, occurredAt: now });
};

const decide = (asked: CounterAsked, state: CounterState): CounterDecision => {
  const { command, now } = asked;
  switch (command.kind) {
    case 'take':
      if (command.quantity > state.sum) return refused({ code: 'insufficient', available: state.sum });
      return accepted(change(-command.quantity, now));
    case 'put':
      return accepted(change(command.quantity, now));
    case 'put_many':
      return accepted(change(command.quantity, now), ...Array.from({ length: command.count - 1 }, () => noted(now)));
    case 'undo':
      return accepted(change(command.quantity, now, { undoes: command.commandId }));
    case 'set_fact':
      return setFact(command, asked, state);
    case 'nothing':
      return accepted();
    case 'put_on_even':
      if (state.sum % 2 !== 0) return { kind: 'prepared', events: [change(1, now)] };
      return accepted(change(command.quantity, now));
    case 'put_on_odd':
      if (state.sum % 2 === 0) return { kind: 'prepared', events: [change(1, now)] };
      return accepted(change(command.quantity, now));
    case 'bug':
      throw new Error('a bug in decide');
    default:
      return command satisfies never;
  }
};

const evolve = (state: CounterState, event: CounterEvent): CounterState => {
  switch (event.type) {
    case 'Changed':
      return { ...state, sum: state.sum + event.data.by };
    case 'FactSet': {
      const { key, version, quantity, by } = event.data;
      return { ...state, sum: state.sum + by, facts: new Map(state.facts).set(key, { version, quantity }) };
    }
    case 'Noted':
      return state;
    default:
      throw new Error(`unknown event type ${JSON.stringify(event satisfies never)}`);
  }
};

export const counterKind: StreamKind<
  CounterState,
  CounterCommand,
  CounterEvent,
  CounterRefusal,
  undefined,
  CounterFact
> = {
  prefix: 'counter',
  decider: { initialState: () => ({ sum: 0, facts: new Map(), factsFrom: 0 }), decide, evolve },
  schemaVersionOf: () => 1,
  factKeysOf: (command) => (command.kind === 'set_fact' ? [command.key] : []),
  remembersFact: (state, key) => state.facts.has(key),
  factsRememberedFrom: (state) => state.factsFrom,
  forgetFacts: (state, from) => ({ ...state, facts: new Map(), factsFrom: from }),
  factCountOf: (state) => state.facts.size,
  factsOf: ({ type, data }) =>
    type === 'FactSet' ? [[data.key, { version: data.version, quantity: data.quantity }]] : [],
  undoneBy: (event) => (event.type === 'Changed' ? event.data.undoes : undefined),
  snapshot: {
    foldVersion: 1,
    encode: (state) => state.sum,
    entryCountOf: ({ sum }) => sum,
    decode: (value, next) => ({ sum: value as number, facts: new Map(), factsFrom: next }),
  },
};
