import type { Clock, Instant, JsonObject, Lanes, Outcome, Position } from '#event-sourcing';
import type { Held, StockCommand, StockRefusal } from '#stock';
import { envelopeOf, type Caller } from '../caller.js';
import { holdOfSku, type CartHold, type CartName } from './cart.js';

export type CartDeskDeps<State> = {
  readonly stock: Lanes<State, StockCommand, StockRefusal>;
  readonly stockStream: (sku: string) => string;
  /** The cart's open hold in a SKU's state; an expired one is none. */
  readonly holdIn: (state: State, channel: string, cart: string, now: Instant) => Held | undefined;
  readonly clock: Clock;
};

export type SkuOutcome<State> = Outcome<State, StockRefusal>;
export type SkuAccepted<State> = Extract<SkuOutcome<State>, { readonly kind: 'accepted' }>;

/** The id of a cart's command on one SKU stream. */
export const skuCommandId = (commandId: string, sku: string): string => `${commandId}/${sku}`;

export const executeOn = <State>(
  deps: CartDeskDeps<State>,
  sku: string,
  command: StockCommand,
  caller: Caller,
  content?: JsonObject,
): Promise<SkuOutcome<State>> =>
  deps.stock.execute(
    envelopeOf(caller, {
      stream: deps.stockStream(sku),
      command,
      commandId: skuCommandId(caller.commandId, sku),
      guard: 'id',
      ...(content && { content }),
    }),
  );

/** The hold as it stands in this state. */
export const holdOf = <State>(
  deps: CartDeskDeps<State>,
  { channel, cart }: CartName,
  sku: string,
  state: State,
): CartHold => {
  const hold = deps.holdIn(state, channel, cart, deps.clock.now());
  return holdOfSku(sku, hold);
};

/** The holds as the store has them now, whatever became of the commands. */
export const holdsNow = async <State>(
  deps: CartDeskDeps<State>,
  name: CartName,
  skus: readonly string[],
): Promise<readonly CartHold[]> => {
  const loaded = await deps.stock.load(skus.map(deps.stockStream));
  return loaded.map(({ state }, index) => holdOf(deps, name, skus[index] ?? '', state));
};

/** The highest position of several outcomes. */
export const highestPosition = <State>(outcomes: readonly SkuOutcome<State>[]): { readonly position?: Position } => {
  const positions = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? (outcome.position ?? []) : []));
  const position = positions.toSorted().at(-1);
  return position === undefined ? {} : { position };
};
