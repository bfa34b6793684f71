import { commonMeanings, type Meaning, troublesBy } from '#shop-http';
import { type Failure, type FailureKind } from '../webservice/index.js';

export { answered, troubled } from '#shop-http';

const meanings: Readonly<Record<FailureKind, Meaning>> = {
  ...commonMeanings,
  webservice_off: { kind: 'misconfigured', code: 'webservice_off' },
  not_xml: { kind: 'unintelligible', code: 'not_xml' },
};

/** The shop says nothing of an order that it does not have; of one that the key may not see it gives a code. */
const isGone = ({ kind, errors = [] }: Failure): boolean => kind === 'not_found' && errors.length === 0;

export const { troubleOf, troubledBy, answerOf, foundOf, batchOf } = troublesBy(meanings, isGone);
