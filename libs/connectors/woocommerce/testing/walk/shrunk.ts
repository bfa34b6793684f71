import { type Model } from '../models.js';
import { type Act } from './acts.js';
import { judged } from './judged.js';
import { givenActs, walk } from './walk.js';

/** What a row of the last step shows against the model; undefined where all is as expected. */
export const missedIn = async (acts: readonly Act[], model?: Model): Promise<string | undefined> => {
  for await (const step of walk(givenActs(acts))) {
    const [missed] = judged(step, model).missed;
    if (missed !== undefined) return missed;
  }
  return undefined;
};

/** A walk of ten thousand acts is cut to those that can matter first: each try is a shop of its own. */
const bearsOn = (act: Act, last: Act): boolean => !('order' in act) || !('order' in last) || act.order === last.order;

/**
 * A walk that a row does not fit at the end of, with as little as possible before that: each act that can be left out is.
 *
 * @param acts up to the one after which the row was wrong
 */
export const shrunk = async (acts: readonly Act[], model?: Model): Promise<readonly Act[]> => {
  const last = acts.at(-1);
  if (last === undefined) return acts;
  const related = acts.filter((act) => bearsOn(act, last));
  let least = (await missedIn(related, model)) === undefined ? acts : related;
  for (let size = Math.ceil(least.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length;) {
      const without = [...least.slice(0, at), ...least.slice(at + size)];
      if ((await missedIn(without, model)) === undefined) at += size;
      else least = without;
    }
  }
  return least;
};
