import { StoreUnavailableError, UnknownOutcomeError } from '#event-sourcing';
import { isUnavailable } from '#postgres';
import { problemOf, type Problem } from '#platform';
import { InvalidCursorError } from '#read-model';

const retryAfterSeconds = 1;

/** What the stores throw, as problems. Everything else is a fault of ours. */
export const translateError = (error: unknown): Problem | undefined => {
  if (error instanceof InvalidCursorError) return problemOf('invalid_cursor', { field: 'cursor' });
  if (error instanceof UnknownOutcomeError) return problemOf('outcome_unknown', { retryAfterSeconds });
  if (error instanceof StoreUnavailableError || isUnavailable(error))
    return problemOf('unavailable', { retryAfterSeconds });
  return undefined;
};
