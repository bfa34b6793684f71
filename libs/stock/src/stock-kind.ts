import { emptyMap, type Decider, type JsonObject, type Known, type StreamKind } from '#event-sourcing';
import type { FactCommand, StockCommand } from './commands.js';
import { decide } from './decide/decide.js';
import type { StockEvent } from './events.js';
import { evolve } from './evolve.js';
import { factKeyOf, isAssemblyKey, isLineKey, lineKeyOf } from './keys.js';
import type { StockPolicy } from './policy.js';
import type { StockRefusal } from './refusals.js';
import { factsOf, type FactRecord } from './state/facts.js';
import { decode, encode, entryCountOf } from './state/snapshot.js';
import { copyOf, initialState, type StockState } from './state/state.js';

export const stockDecider: Decider<
  StockState,
  StockCommand,
  StockEvent,
  StockRefusal,
  StockPolicy,
  Known<FactRecord>
> = {
  initialState,
  decide,
  evolve,
};

/** What a fact says, as the object whose canonical JSON is hashed: all of it but who says it of which line. */
export const factContentOf = (command: FactCommand | Omit<FactCommand, 'hash'>): JsonObject => {
  const { connection: _connection, sourceKey: _sourceKey, hash: _hash, ...content } = { hash: '', ...command };
  return content;
};

const orderOf = (command: StockCommand): readonly string[] => ('order' in command ? [lineKeyOf(command.order)] : []);

/** The fact keys that deciding a command depends on: its own, and those of the order lines that it names. */
export const factKeysOf = (command: StockCommand): readonly string[] => {
  if ('sourceKey' in command) return [factKeyOf(command), ...orderOf(command)];
  if (command.kind !== 'order_target') return orderOf(command);
  const { channel, orderKey, lines } = command;
  return lines.map(({ line }) => lineKeyOf({ channel, orderKey, line }));
};

/** A report that names another order line than its last version did changes both lines. */
const furtherFactKeysOf = (command: StockCommand, facts: ReadonlyMap<string, FactRecord>): readonly string[] => {
  const last = 'sourceKey' in command ? facts.get(factKeyOf(command)) : undefined;
  return last?.kind === 'fact' && last.order !== undefined ? [lineKeyOf(last.order)] : [];
};

/** The command that an event takes back; its id is decided anew. */
export const undoneBy = (event: StockEvent): string | undefined =>
  event.type === 'ReservationReleased' ? event.data.undoes : undefined;

/** A fact that stands at 0 here may stand on another SKU by now: of that only the index knows. */
const isSettledHere = (state: StockState, key: string): boolean => {
  const fact = state.facts.get(key);
  return fact !== undefined && (fact.kind === 'line' || fact.stands.length > 0);
};

/** Streams `stock-<SKU>`. */
export const stockKind: StreamKind<StockState, StockCommand, StockEvent, StockRefusal, StockPolicy, FactRecord> = {
  prefix: 'stock',
  decider: stockDecider,
  schemaVersionOf: () => 1,
  factKeysOf,
  furtherFactKeysOf,
  isOfOneStream: (key) => isLineKey(key) || isAssemblyKey(key),
  remembersFact: (state, key) => state.lines.has(key) || isSettledHere(state, key),
  factsRememberedFrom: (state) => state.factsFrom,
  forgetFacts: (state, from) => {
    const left = copyOf(state);
    left.facts = emptyMap();
    left.factsFrom = from;
    return left;
  },
  factCountOf: (state) => state.facts.size,
  factsOf: (event) => factsOf(event).map(({ key, record }) => [key, record] as const),
  undoneBy,
  snapshot: { foldVersion: 3, encode, entryCountOf, decode },
};
