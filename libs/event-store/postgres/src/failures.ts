import { StoreUnavailableError } from '#event-sourcing';
import { isUnavailable } from '#postgres';

/** A read changes nothing, so whatever failed between us and the database means: try again later. */
export const unavailableWhenAway = async <Result>(reading: Promise<Result>): Promise<Result> => {
  try {
    return await reading;
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    throw new StoreUnavailableError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};
