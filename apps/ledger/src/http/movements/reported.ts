import type { Instant } from '#event-sourcing';
import { parseTimestamp } from '#platform';
import type { Reporting } from '#stock';

/** A fact as it is reported; its content hash is added where it is sent on. */
export type Report<Fact extends Reporting> = Omit<Fact, 'hash'>;

/** Who reports, and when: what a request class needs beside its fields to become a command. */
export type Reporter = { readonly connection: string; readonly now: Instant };

type ReportedFields = {
  readonly sourceKey: string;
  readonly sourceVersion?: number;
  readonly occurredAt?: string;
  readonly document?: string;
};

/** What every fact carries. A fact without a moment happened now; without a version it is its first. */
export const reportingOf = (request: ReportedFields, by: Reporter): Report<Reporting> => ({
  connection: by.connection,
  sourceKey: request.sourceKey,
  sourceVersion: request.sourceVersion ?? 1,
  occurredAt: instantOr(request.occurredAt, by.now),
  ...(request.document !== undefined && { document: request.document }),
});

/** A checked timestamp as an instant. */
export const instantOr = (text: string | undefined, fallback: Instant): Instant =>
  text === undefined ? fallback : (parseTimestamp(text) ?? fallback);
