import { commonMeanings, type Meaning, troublesBy } from '#shop-http';
import { type FailureKind } from '../webservice/index.js';

export { answered, troubled } from '#shop-http';

const meanings: Readonly<Record<FailureKind, Meaning>> = {
  ...commonMeanings,
  webservice_off: { kind: 'misconfigured', code: 'webservice_off' },
  not_xml: { kind: 'unintelligible', code: 'not_xml' },
};

export const { troubleOf, troubledBy, answerOf, batchOf } = troublesBy(meanings);
