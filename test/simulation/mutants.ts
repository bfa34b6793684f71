import { NO_STREAM, type EventStore, type KeyIndex } from '#event-sourcing';
import { orderDecider } from '#orders';
import { initialState, stockDecider, stockKind, type StockState } from '#stock';
import type { Product } from './world.js';

/**
 * Mistakes that somebody might make in the product. `plant` puts one into the running product and answers with how to take
 * it out again; what is a port of the product is given to the simulation instead.
 */
export type Mutant = { readonly plant?: () => () => void; readonly product?: Product };

/** Swaps one function of an object. */
const swap = <Key extends PropertyKey, Of extends Readonly<Record<Key, unknown>>>(
  of: Of,
  key: Key,
  mutate: (original: Of[Key]) => Of[Key],
): (() => void) => {
  const original = of[key];
  Object.assign(of, { [key]: mutate(original) });
  return () => void Object.assign(of, { [key]: original });
};

/** Plenty in every place: what a decider that does not look at its supply sees. */
const plentiful = (state: StockState): StockState => ({
  ...state,
  balances: [...state.balances.entries()].reduce(
    (balances, [location, at]) => balances.with(location, { ...at, sellable: at.sellable + 1_000 }),
    state.balances,
  ),
});

/** Nothing is kept for anybody. */
const unfenced = (state: StockState): StockState => ({
  ...state,
  balances: [...state.balances.entries()].reduce((balances, [location, at]) => {
    const fenced = Object.values(at.fenced).reduce((sum, units) => sum + units, 0);
    return balances.with(location, { ...at, sellable: at.sellable + fenced, fenced: {} });
  }, state.balances),
});

type Asked = Parameters<typeof stockDecider.decide>[0];

const withoutBuffers = (asked: Asked): Asked => {
  const bare = [...asked.policy.channels].map(([code, { buffer: _, ...channel }]) => [code, channel] as const);
  return { ...asked, policy: { ...asked.policy, channels: new Map(bare) } };
};
const withAllOpen = (asked: Asked): Asked => {
  const open = [...asked.policy.locations].map(([code, at]) => [code, { ...at, state: 'open' as const }] as const);
  return { ...asked, policy: { ...asked.policy, locations: new Map(open) } };
};

/** A store that answers before it has stored, and loses every hundredth append of a stream's later events. */
const forgetful = (store: EventStore): EventStore => {
  let appends = 0;
  return {
    ...store,
    append: async (writes) => {
      appends += 1;
      const [only] = writes;
      if (only === undefined || writes.length > 1 || appends % 100 !== 0 || !only.stream.startsWith('stock-'))
        return store.append(writes);
      const head = await store.head();
      return [{ kind: 'appended', revision: only.expectedRevision + only.events.length, position: head ?? '' }];
    },
  };
};

/** It knows nothing, and says that it has seen everything. */
const ignorant = (_: KeyIndex): KeyIndex => ({
  lookup: (questions) =>
    Promise.resolve(
      questions.map(() => ({
        highest: Number.MAX_SAFE_INTEGER,
        commands: new Map(),
        facts: new Map(),
        elsewhere: new Map(),
      })),
    ),
});

/** It knows nothing and says so: then everything is read from the stream, and nothing goes wrong. */
export const emptyIndex = (_: KeyIndex): KeyIndex => ({
  lookup: (questions) =>
    Promise.resolve(
      questions.map(() => ({
        highest: NO_STREAM,
        commands: new Map(),
        facts: new Map(),
        elsewhere: new Map(),
      })),
    ),
});

export const mutants: Readonly<Record<string, Mutant>> = {
  'reserves without looking at atp': {
    plant: () =>
      swap(stockDecider, 'decide', (decide) => (asked, state) => {
        const decision = decide(asked, state);
        return decision.kind === 'refused' && decision.refusal.code === 'insufficient'
          ? decide(asked, plentiful(state))
          : decision;
      }),
  },
  'promises what a hard buffer keeps back': {
    plant: () => swap(stockDecider, 'decide', (decide) => (asked, state) => decide(withoutBuffers(asked), state)),
  },
  'promises from locations that are not open': {
    plant: () => swap(stockDecider, 'decide', (decide) => (asked, state) => decide(withAllOpen(asked), state)),
  },
  'sells what is kept for another channel': {
    plant: () => swap(stockDecider, 'decide', (decide) => (asked, state) => decide(asked, unfenced(state))),
  },
  'promises units that are to come to whoever asks, promised or not': {
    plant: () =>
      swap(
        stockDecider,
        'decide',
        (decide) => (asked, state) => decide(asked, { ...state, pledged: initialState().pledged }),
      ),
  },
  'takes every report for a new one': {
    plant: () =>
      swap(
        stockDecider,
        'decide',
        (decide) => (asked, state) =>
          decide({ ...asked, known: { ...asked.known, facts: new Map() } }, { ...state, facts: initialState().facts }),
      ),
  },
  'believes the snapshot that came last': {
    plant: () =>
      swap(
        orderDecider,
        'decide',
        (decide) => (asked, state) => decide(asked, state.recorded === null ? state : { ...state, recorded: null }),
      ),
  },
  'forgets in evolve that a hold has ended': {
    plant: () =>
      swap(
        stockDecider,
        'evolve',
        (evolve) => (state, event) =>
          event.type === 'ReservationReleased' ? { ...evolve(state, event), holds: state.holds } : evolve(state, event),
      ),
  },
  'leaves the open holds out of its snapshots': {
    plant: () =>
      swap(stockKind.snapshot, 'encode', (encode) => (state) => encode({ ...state, holds: initialState().holds })),
  },
  'does not revise counts': {
    plant: () =>
      swap(stockDecider, 'decide', (decide) => (asked, state) => {
        const decision = decide(asked, state);
        if (decision.kind !== 'accepted') return decision;
        return { ...decision, events: decision.events.filter(({ type }) => type !== 'CountRevised') };
      }),
  },
  'asks for the order line that a corrected issue names, and not for the one it named before': {
    plant: () => swap(stockKind as Required<typeof stockKind>, 'furtherFactKeysOf', () => () => []),
  },
  'forgets ids and facts while its index says that it knows all': { product: { keyIndex: ignorant } },
  'acknowledges what it has not stored': { product: { store: forgetful } },
  'does not go on with orders that a crash left half told': {
    product: {
      backstop: (store) => ({ load: () => store.head(), save: () => Promise.resolve() }),
    },
  },
};
