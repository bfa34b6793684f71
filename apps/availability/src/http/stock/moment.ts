import type { Instant } from '#event-sourcing';
import { parseTimestamp, ProblemError } from '#platform';
import type { Moment, MomentUsed } from '#read-model';

type Asked = { readonly knownAt?: string; readonly happenedAt?: string };

/** The moment that a query asks for. @throws ProblemError for a knownAt that has not come: nobody can know then */
export const momentOf = ({ knownAt, happenedAt }: Asked, now: Instant): Moment => {
  const known = knownAt === undefined ? undefined : parseTimestamp(knownAt);
  if (known !== undefined && known > now) {
    throw new ProblemError('moment_in_future', { field: 'knownAt', facts: { knownAt: known, now } });
  }
  return { knownAt: known, happenedAt: happenedAt === undefined ? undefined : parseTimestamp(happenedAt) };
};

export const asksForMoment = ({ knownAt, happenedAt }: Asked): boolean =>
  knownAt !== undefined || happenedAt !== undefined;

/** Both moments, in every audit answer. happenedAt null: whenever it happened, as long as it was known. */
export type MomentView = {
  readonly knownAt: Instant;
  readonly happenedAt: Instant | null;
  readonly knownTo: string | null;
};

export const momentView = ({ knownAt, happenedAt, knownTo }: MomentUsed): MomentView => ({
  knownAt,
  happenedAt: happenedAt ?? null,
  knownTo: knownTo ?? null,
});
