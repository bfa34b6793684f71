import type { Notes } from '../notes.js';

/** No older value over a newer one: what is written of a row rests on sequences that never go back. */
export const checkSequences = ({ writes }: Notes): readonly string[] => {
  const newest = new Map<string, number>();
  return writes.flatMap(({ channel, externalId, sourceChange }) => {
    const key = `${channel}/${externalId}`;
    const sequence = Number(sourceChange);
    const before = newest.get(key) ?? 0;
    newest.set(key, Math.max(before, sequence));
    return sequence < before ? [`${key} was written by ${sequence} after ${before}`] : [];
  });
};
