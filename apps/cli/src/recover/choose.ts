import { UnknownChoiceError } from './errors.js';
import type { LostEvent } from './lost-event.js';

/**
 * The offered reports that a person has chosen, in the order of their streams.
 *
 * @throws UnknownChoiceError when one of the ids is not offered: then none is accepted
 */
export const chosenOf = (lost: readonly LostEvent[], accept: readonly string[] | 'all'): readonly LostEvent[] => {
  const offered = lost.filter(({ status }) => status === 'offered');
  if (accept === 'all') return offered;
  const wanted = new Set(accept);
  const chosen = offered.filter(({ event }) => wanted.has(event.eventId));
  for (const { event } of chosen) wanted.delete(event.eventId);
  if (wanted.size === 0) return chosen;
  const [id = ''] = wanted;
  const found = lost.find(({ event }) => event.eventId === id);
  throw new UnknownChoiceError(`${id} is not offered: ${found?.status ?? 'it is not among the lost events'}.`);
};
