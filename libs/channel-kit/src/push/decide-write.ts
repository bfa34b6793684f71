/** What is known of a row when its turn has come: the feed was read, then the row. Figures of the listing. */
export type Situation = {
  /** What the shop should show, at a position that includes what the feed brought. */
  readonly target: number;
  readonly read: number;
  /** Units that are missing in the row and that no order explains yet: somebody may have bought them. */
  readonly missing: number;
  /** Sales that the feed brought and that the ledger has not confirmed: they are not in the target yet. */
  readonly unconfirmed: number;
  /** Nobody knows what the shop has sold since: one of its cursors has failed for too long. */
  readonly isFeedStale: boolean;
  /** A request without an answer may still change the row. */
  readonly isInDoubt: boolean;
  /** Rises wait for a person: the row drifts, its shop is suspect, or somebody else writes. */
  readonly areRisesHeld: boolean;
};

export type WriteDecision =
  /** The row shows what it should. */
  | { readonly kind: 'right' }
  | { readonly kind: 'write'; readonly value: number }
  /** It should rise, and must not now. */
  | { readonly kind: 'wait'; readonly for: 'explanation' | 'feed' | 'answer' | 'person' };

const isRight = (wanted: number, read: number): boolean => wanted === read || (wanted <= 0 && read <= 0);

const barOf = (situation: Situation): 'explanation' | 'feed' | 'answer' | 'person' | undefined => {
  if (situation.isFeedStale) return 'feed';
  if (situation.isInDoubt) return 'answer';
  if (situation.missing > 0) return 'explanation';
  return situation.areRisesHeld ? 'person' : undefined;
};

/**
 * What to write into a row. Falls are written whatever is unclear; a rise only when everything the shop did is known, so that
 * no sale that we have not heard of is written back in. What the row lacks and nobody can explain yet is taken off the target.
 */
export const decideWrite = (situation: Situation): WriteDecision => {
  const { target, read, unconfirmed, missing } = situation;
  const wanted = target - unconfirmed - missing;
  const bar = barOf(situation);
  const value = Math.max(0, bar === undefined ? wanted : Math.min(read, wanted));
  if (!isRight(value, read)) return { kind: 'write', value };
  return bar === undefined || isRight(Math.max(0, target - unconfirmed), read)
    ? { kind: 'right' }
    : { kind: 'wait', for: bar };
};
