import type { Instant, PersistentMap } from '#event-sourcing';
import type { StockObserved, TellableBasis } from '../events.js';

/** A difference that one figure of a source has shown, and that a later one has yet to confirm. */
export type Suspicion = { readonly asOf: Instant; readonly basis: TellableBasis; readonly difference: number };
/** By connection and location: as many as a SKU has places with somebody who counts. */
export type Suspicions = { readonly suspicions: PersistentMap<Suspicion> };

type Source = { readonly connection: string; readonly location: string };
const keyOf = ({ connection, location }: Source): string => `${connection}|${location}`;

export const suspicionOf = (state: Suspicions, source: Source): Suspicion | undefined =>
  state.suspicions.get(keyOf(source));

/** A first figure is suspected; agreement and posting end that; within the posting lag nothing is learnt. */
export const withObservation = <State extends Suspicions>(state: State, { data }: StockObserved): State => {
  const key = keyOf({ connection: data.fact.connection, location: data.location });
  if (data.reason === 'posting_lag') return state;
  const { asOf, basis, difference } = data;
  return data.conclusion === 'inconclusive'
    ? { ...state, suspicions: state.suspicions.with(key, { asOf, basis, difference }) }
    : { ...state, suspicions: state.suspicions.without(key) };
};
