import type { RecordedEvent } from '#event-sourcing';

type Streams = ReadonlyMap<string, readonly RecordedEvent[]>;
type FactData = {
  readonly fact?: {
    readonly connection: string;
    readonly kind: string;
    readonly sourceKey: string;
    readonly version: number;
  };
  readonly undoes?: string;
  readonly snapshot?: { readonly version: number };
};

/** Commands, versions of facts and versions of orders that stand in a stream more than once. */
export const twiceOf = (streams: Streams): readonly string[] =>
  [...streams].flatMap(([stream, events]) =>
    [...runsOf(events)].filter(([, runs]) => runs > 1).map(([what, runs]) => `${stream}: ${runs} times ${what}`),
  );

/**
 * A version of a fact, or of an order, is told once. A command's events stand side by side and were recorded at one
 * moment: each further run of them is a further application, but where an undone command was decided anew.
 */
const runsOf = (events: readonly RecordedEvent[]): ReadonlyMap<string, number> => {
  const runs = new Map<string, number>();
  const add = (what: string, count: number): void => void runs.set(what, (runs.get(what) ?? 0) + count);
  for (const [index, event] of events.entries()) {
    const { undoes } = event.data as FactData;
    const { commandId, commandHash } = event.metadata;
    if (undoes !== undefined) add(`command ${undoes}`, -1);
    if (commandHash !== undefined && !isSameRun(events[index - 1], event)) add(`command ${commandId}`, 1);
    for (const version of versionsOf(event)) add(version, 1);
  }
  return runs;
};

const isSameRun = (last: RecordedEvent | undefined, event: RecordedEvent): boolean =>
  last?.metadata.commandId === event.metadata.commandId && last.metadata.recordedAt === event.metadata.recordedAt;

const versionsOf = ({ data, type }: RecordedEvent): readonly string[] => {
  const { fact, snapshot } = data as FactData;
  return [
    ...(fact ? [`${type} ${fact.connection}/${fact.kind}/${fact.sourceKey} version ${fact.version}`] : []),
    ...(snapshot ? [`snapshot version ${snapshot.version}`] : []),
  ];
};
