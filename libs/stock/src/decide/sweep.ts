import { expiredNeededMax } from '../bounds.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { expiredReleases } from './expired.js';

/** Ends expired holds and serves lines that wait for units, a bounded number of each. Nothing to do appends nothing. */
export const sweep = (draft: Draft): StockDecision => {
  for (const release of expiredReleases(draft.before, draft.now, expiredNeededMax)) draft.emit(release);
  return conclude(draft);
};
