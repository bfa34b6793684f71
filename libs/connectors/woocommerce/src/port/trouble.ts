import { commonMeanings, type Meaning, troublesBy } from '#shop-http';
import { type FailureKind } from '../rest/index.js';

export { answered, troubled } from '#shop-http';

const meanings: Readonly<Record<FailureKind, Meaning>> = {
  ...commonMeanings,
  api_off: { kind: 'misconfigured', code: 'woocommerce_off' },
};

export const { troubleOf, troubledBy, answerOf, batchOf } = troublesBy(meanings);
