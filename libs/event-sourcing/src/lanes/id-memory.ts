import type { RecordedEvent, Revision } from '../event.js';

/** An accepted command in its stream: the hash of what was asked, and the revisions of its first and last event. */
export type Accepted = { readonly hash: string; readonly first: Revision; readonly last: Revision };

/** `undone`: a later event took the command back, and its id is free again, whatever an index still says. */
export type Remembered = Accepted | 'undone';

/**
 * The command ids of one stream, complete from `rememberedFrom` on. Two generations: when the young one is half of the
 * bound it becomes the old one, and the old one is forgotten: no search for the oldest, ever.
 */
export type IdMemory = {
  rememberedFrom: Revision;
  youngFrom: Revision;
  young: Map<string, Remembered>;
  old: Map<string, Remembered> | undefined;
};

/** Remembers nothing before `from`. */
export const emptyIds = (from: Revision): IdMemory => ({
  rememberedFrom: from,
  youngFrom: from,
  young: new Map(),
  old: undefined,
});

export const idCount = (ids: IdMemory): number => ids.young.size + (ids.old?.size ?? 0);

export const recallId = (ids: IdMemory, id: string): Remembered | undefined => ids.young.get(id) ?? ids.old?.get(id);

/** Remembers an id whose events end before revision `next`; forgets the old generation when the bound asks for it. */
export const rememberId = (ids: IdMemory, id: string, what: Remembered, next: Revision, idsMax: number): void => {
  ids.young.set(id, what);
  if (ids.young.size < idsMax / 2) return;
  ids.old = ids.young;
  ids.young = new Map();
  ids.rememberedFrom = ids.youngFrom;
  ids.youngFrom = next;
};

/** Takes in one event of the stream: the id of its command, and the one that it undoes. */
export const rememberEvent = (
  ids: IdMemory,
  event: RecordedEvent,
  undone: string | undefined,
  idsMax: number,
): void => {
  const { commandId, commandHash } = event.metadata;
  const next = event.revision + 1;
  if (commandHash !== undefined) {
    const known = recallId(ids, commandId);
    const goesOn = known !== undefined && known !== 'undone' && known.last === event.revision - 1;
    const first = goesOn ? known.first : event.revision;
    rememberId(ids, commandId, { hash: commandHash, first, last: event.revision }, next, idsMax);
  }
  if (undone !== undefined) rememberId(ids, undone, 'undone', next, idsMax);
};

/**
 * What a batch under way adds to the memory: seen by the commands behind it, kept only when it is committed. `before` is
 * the batch in the air that this one follows.
 */
export type IdDraft = {
  readonly ids: IdMemory;
  /** Undefined: nothing yet. Most batches are of commands whose ids guard nothing. */
  added: Map<string, Remembered> | undefined;
  readonly before: IdDraft | undefined;
};

export const draftOf = (ids: IdMemory, before?: IdDraft): IdDraft => ({
  ids,
  added: undefined,
  // One that has landed is part of the memory: to hold on to it would chain all batches together.
  before: before && { ...before, before: undefined },
});

export const addToDraft = (draft: IdDraft, id: string, what: Remembered): void => {
  draft.added ??= new Map();
  draft.added.set(id, what);
};

export const recallInDraft = (draft: IdDraft, id: string): Remembered | undefined =>
  draft.added?.get(id) ?? draft.before?.added?.get(id) ?? recallId(draft.ids, id);

export const keepDraft = ({ ids, added }: IdDraft, next: Revision, idsMax: number): void => {
  for (const [id, what] of added ?? []) rememberId(ids, id, what, next, idsMax);
};
