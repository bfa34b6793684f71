import { basisPointsOfAll, type ObserverPolicy } from '#atp';
import { firstOf, invalid, outOfRange, shareUnitsMax } from './checks.js';
import { badCode } from './codes.js';
import type { PolicyRefusal } from './refusals.js';

/** Connections with settings of their own at one location. */
export const observersMax = 16;
/** A source that takes longer than a day to post what has happened has no figures that could be compared. */
export const postingLagMillisMax = 24 * 60 * 60 * 1_000;

const invalidObserver = (field: string, observer: ObserverPolicy): PolicyRefusal | undefined => {
  const share = (name: 'missingMax' | 'zerosMax' | 'changesMax') => () =>
    outOfRange(`${field}.${name}`, observer[name], 0, basisPointsOfAll);
  const { connection, postingLagMillis, unitsPerDayMax } = observer;
  return firstOf(
    () => invalid(`${field}.connection`, badCode(connection)),
    () => outOfRange(`${field}.postingLagMillis`, postingLagMillis, 0, postingLagMillisMax),
    share('missingMax'),
    share('zerosMax'),
    share('changesMax'),
    () =>
      unitsPerDayMax === undefined
        ? undefined
        : outOfRange(`${field}.unitsPerDayMax`, unitsPerDayMax, 0, shareUnitsMax),
  );
};

const duplicateIn = (observers: readonly ObserverPolicy[]): PolicyRefusal | undefined => {
  const connections = observers.map(({ connection }) => connection);
  const twice = connections.find((connection, index) => connections.indexOf(connection) !== index);
  return twice === undefined ? undefined : { code: 'duplicate_observer', connection: twice };
};

export const invalidObservers = (observers: readonly ObserverPolicy[] = []): PolicyRefusal | undefined =>
  firstOf(
    () => outOfRange('observers', observers.length, 0, observersMax),
    ...observers.map((observer, index) => () => invalidObserver(`observers[${index}]`, observer)),
    () => duplicateIn(observers),
  );

/** In the order of their connections, so that equal settings are equal; none is left out. */
export const observersOf = (
  observers: readonly ObserverPolicy[] = [],
): { readonly observers?: readonly ObserverPolicy[] } =>
  observers.length === 0 ? {} : { observers: [...observers].sort((a, b) => (a.connection < b.connection ? -1 : 1)) };
