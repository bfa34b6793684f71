import type { Revision } from '../event.js';
import { recallInDraft, type IdDraft } from './id-memory.js';
import type { AnyKind, Pending } from './lane.js';

/**
 * Must the index be asked before this command can be decided on this state? Its id, when the memory of ids begins after
 * what has been asked; its fact keys, when the state does not remember them: most may also stand in another stream, so
 * an unknown key is asked for at least once.
 */
export const needsAsking = (kind: AnyKind, state: unknown, draft: IdDraft, pending: Pending): boolean =>
  needsId(draft, pending) || needsFacts(kind, state, pending);

/** A loop that ends with the first: it is asked several times a command, and its keys are many where it is a target. */
const needsFacts = (kind: AnyKind, state: unknown, pending: Pending): boolean => {
  const { factKeys } = pending;
  if (factKeys.length === 0) return false;
  const from = factsFrom(kind, state);
  if (isAsked(pending, from)) return false;
  for (const key of factKeys) if (isUnknown(kind, state, from, key)) return true;
  return false;
};

const needsId = (draft: IdDraft, { envelope, askedUpTo = -1 }: Pending): boolean =>
  envelope.guard === 'id' &&
  draft.ids.rememberedFrom > askedUpTo + 1 &&
  recallInDraft(draft, envelope.commandId) === undefined;

const isAsked = ({ askedUpTo }: Pending, factsFrom: Revision): boolean =>
  askedUpTo !== undefined && factsFrom <= askedUpTo + 1;

const isUnknown = (kind: AnyKind, state: unknown, factsFrom: Revision, key: string): boolean =>
  !kind.remembersFact(state, key) && !(factsFrom === 0 && kind.isOfOneStream?.(key) === true);

/** The keys that neither the state nor an earlier answer of the index knows about. */
export const unknownFactKeys = (kind: AnyKind, state: unknown, pending: Pending): readonly string[] => {
  const from = factsFrom(kind, state);
  return isAsked(pending, from) ? [] : pending.factKeys.filter((key) => isUnknown(kind, state, from, key));
};

export const factsFrom = (kind: AnyKind, state: unknown): Revision => kind.factsRememberedFrom(state);
