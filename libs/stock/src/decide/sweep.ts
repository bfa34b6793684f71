import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { releaseExpired } from './expired.js';

/** Ends expired holds and serves lines that wait for units, a bounded number of each. Nothing to do appends nothing. */
export const sweep = (draft: Draft): StockDecision => {
  releaseExpired(draft);
  return conclude(draft);
};
