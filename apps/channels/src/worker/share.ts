import { restAfter, type Millis } from '#channel-kit';

/** How long a rest may be broken by news: what is owed beyond it is the shop's, whatever is heard meanwhile. */
const breakableMillis = 500;
/** A shop that was silent for long has not worked for us all that time. */
const firmlyMillisMax = 2_000;
/**
 * What we do between a rest and the next question (the list of what is due, figures, a note of what is written) leaves the shop
 * alone as well, and counts as left to it up to here: each turn began the account anew before, and in the time of 50,000 rows the
 * shop was busy with us for 45 of 100 ms. It is the most by which we are ever ahead.
 */
const savedMillisMax = 250;

/** The account of a shop's time: what we took of it, and what we left. */
export type Share = {
  /** The shop was busy with us for so long, until now. */
  readonly spend: (millis: number) => void;
  /** So long it is to be left alone before it is asked for more that can wait. */
  readonly owed: () => number;
  /** So much of that no news is urgent enough to break. */
  readonly owedFirmly: () => number;
};

/** @param now milliseconds of our own clock */
export const createShare = (now: () => Millis): Share => {
  let since = now();
  let spent = 0;
  const owedAt = (at: Millis): number => restAfter(spent, at - since);
  const owed = (): number => owedAt(now());
  const savedAt = (at: Millis): number => Math.min(savedMillisMax, Math.max(0, at - since - 2 * spent));
  return {
    spend: (millis) => {
      const began = now() - millis;
      if (owedAt(began) === 0) [since, spent] = [began - savedAt(began), 0];
      spent += millis;
    },
    owed,
    owedFirmly: () => Math.min(firmlyMillisMax, Math.max(0, owed() - breakableMillis)),
  };
};
