import type { Revision } from '../event.js';
import { recallInDraft, type IdDraft } from './id-memory.js';
import type { AnyKind, Pending } from './lane.js';

/**
 * Must the index be asked before this command can be decided on this state? Its id, when the memory of ids begins after
 * what has been asked; its fact keys, when the state does not remember them: most may also stand in another stream, so
 * an unknown key is asked for at least once.
 */
export const needsAsking = (kind: AnyKind, state: unknown, draft: IdDraft, pending: Pending): boolean =>
  needsId(draft, pending) || unknownFactKeys(kind, state, pending).length > 0;

const needsId = (draft: IdDraft, { envelope, askedUpTo = -1 }: Pending): boolean =>
  envelope.guard === 'id' &&
  draft.ids.rememberedFrom > askedUpTo + 1 &&
  recallInDraft(draft, envelope.commandId) === undefined;

const none: readonly string[] = [];

/** The keys that neither the state nor an earlier answer of the index knows about. */
export const unknownFactKeys = (kind: AnyKind, state: unknown, pending: Pending): readonly string[] => {
  const { factKeys, askedUpTo } = pending;
  if (factKeys.length === 0) return none;
  const from = factsFrom(kind, state);
  if (askedUpTo !== undefined && from <= askedUpTo + 1) return none;
  const isNew = (key: string): boolean => from === 0 && kind.isOfOneStream?.(key) === true;
  return factKeys.filter((key) => !kind.remembersFact(state, key) && !isNew(key));
};

export const factsFrom = (kind: AnyKind, state: unknown): Revision => kind.factsRememberedFrom(state);
