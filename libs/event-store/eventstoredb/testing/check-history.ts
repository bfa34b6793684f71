import type { RecordedEvent } from '#event-sourcing';

/** What writers were told, what stands in their streams, and what a subscriber to some of the streams was given. */
export type History = {
  readonly acknowledged: readonly string[];
  readonly streams: readonly (readonly RecordedEvent[])[];
  readonly subscribers: readonly { readonly ids: readonly string[]; readonly streams: readonly string[] }[];
};

/**
 * Everything acknowledged stands once, in its place; every subscriber was given the log of its streams from the beginning
 * on, in order, nothing left out and nothing twice (it need not have come to the end). Each problem in words.
 */
export const problemsOf = ({ acknowledged, streams, subscribers }: History): readonly string[] => {
  const events = streams.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
  const stored = new Set(events.map(({ eventId }) => eventId));
  return [
    ...acknowledged.filter((id) => !stored.has(id)).map((id) => `acknowledged and lost: ${id}`),
    ...(stored.size === events.length ? [] : ['stored twice']),
    ...streams.flatMap((stream) => stream.filter(({ revision }, index) => revision !== index).map(() => 'a gap')),
    ...subscribers.flatMap((subscriber) => deliveryProblems(subscriber, events)),
  ];
};

const deliveryProblems = (
  { ids, streams }: History['subscribers'][number],
  events: readonly RecordedEvent[],
): readonly string[] => {
  const due = events.filter(({ stream }) => streams.includes(stream));
  return ids
    .map((id, index) => [id, due[index]?.eventId ?? 'nothing'] as const)
    .filter(([given, expected]) => given !== expected)
    .slice(0, 1)
    .map(([given, expected]) => `delivered: ${given}, due: ${expected}`);
};
