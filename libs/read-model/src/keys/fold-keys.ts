import type { Instant, RecordedEvent, Revision } from '#event-sourcing';
import { factsOf, undoneBy } from '#stock';
import { asStockEvent, kindOfEvent } from '../events/ledger-event.js';

export type StreamChange = { readonly stream: string; revision: Revision };
export type CommandChange = {
  readonly stream: string;
  readonly id: string;
  readonly hash: string;
  readonly first: Revision;
  readonly last: Revision;
  readonly recordedAt: Instant;
};
export type UndoneCommand = { readonly stream: string; readonly id: string };
/** The event at `revision` says how the fact stands; `stands`: above 0. */
export type FactChange = {
  readonly key: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly stands: boolean;
};

/** What a batch adds to the memory of ids and keys; each key once. Undone ids go first, then commands are written. */
export type KeyChanges = {
  readonly streams: Map<string, StreamChange>;
  readonly undone: Map<string, UndoneCommand>;
  readonly commands: Map<string, CommandChange>;
  readonly facts: Map<string, FactChange>;
};

/** Pure. @throws UnknownEventTypeError */
export const foldKeys = (events: readonly RecordedEvent[]): KeyChanges => {
  const changes: KeyChanges = { streams: new Map(), undone: new Map(), commands: new Map(), facts: new Map() };
  for (const event of events) foldEvent(changes, event);
  return changes;
};

const foldEvent = (changes: KeyChanges, event: RecordedEvent): void => {
  const kind = kindOfEvent(event);
  foldStream(changes, event);
  foldCommand(changes, event);
  if (kind !== 'stock') return;
  foldUndone(changes, event);
  const { stream, revision } = event;
  for (const { key, standsAbove } of factsOf(asStockEvent(event)))
    setFact(changes, { key, stream, revision, stands: standsAbove > 0 });
};

/**
 * Nearly every fact is of one stream only: it stands under its own key, and no longer text is made for it. In the other
 * streams of a batch that speak of it (a bundle's line takes several SKUs) it stands under key and stream.
 */
const setFact = ({ facts }: KeyChanges, fact: FactChange): void => {
  const { key, stream } = fact;
  const first = facts.get(key);
  facts.set(first === undefined || first.stream === stream ? key : `${key}\u0000${stream}`, fact);
};

const foldStream = ({ streams }: KeyChanges, { stream, revision }: RecordedEvent): void => {
  const change = streams.get(stream);
  if (change === undefined) streams.set(stream, { stream, revision });
  else change.revision = revision;
};

/** Facts are guarded by their key and version: their command ids carry no hash and are not remembered. */
const foldCommand = ({ commands }: KeyChanges, { stream, revision, metadata }: RecordedEvent): void => {
  const { commandId, commandHash, recordedAt } = metadata;
  if (commandHash === undefined) return;
  const key = `${stream}\u0000${commandId}`;
  const known = commands.get(key);
  const first = known?.last === revision - 1 ? known.first : revision;
  commands.set(key, { stream, id: commandId, hash: commandHash, first, last: revision, recordedAt });
};

/** The id of a command that was taken back is decided anew. */
const foldUndone = ({ commands, undone }: KeyChanges, event: RecordedEvent): void => {
  const id = undoneBy(asStockEvent(event));
  if (id === undefined) return;
  const { stream } = event;
  const key = `${stream}\u0000${id}`;
  commands.delete(key);
  undone.set(key, { stream, id });
};
