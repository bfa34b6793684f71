import { type ShopView } from '../../src/index.js';
import { creations } from './creations.js';
import { edits } from './edits.js';
import { multistore } from './multistore.js';
import { packs } from './packs.js';
import { type RecordedCase, recordedCases, type RecordedVersion } from './recorded-case.js';
import { recordedShop } from './recorded-shop.js';
import { type RecordedStep } from './step.js';
import { transitions } from './transitions.js';

export { recordedVersions, type RecordedVersion } from './recorded-case.js';
export { recordedShop } from './recorded-shop.js';
export { type Verdict, verdictOn } from './verdict.js';
export { type Kind, kinds, type RecordedStep, type Readings } from './step.js';

const readers = [creations, transitions, edits, packs, multistore];

const stepsOf = (one: RecordedCase, shop: ShopView): readonly RecordedStep[] => {
  for (const read of readers) {
    const steps = read(one, shop);
    if (steps !== undefined) return steps;
  }
  return [];
};

/**
 * The recorded cases of states, refunds, edits, packs and shops as the model is told of them. Other cases (checkout, hooks,
 * races, listings, stock pages) say nothing of an order's own effects and give no step.
 */
export const recordedSteps = (version: RecordedVersion): readonly RecordedStep[] =>
  recordedCases(version).flatMap((one) => stepsOf(one, recordedShop(version)));

/** Names of the cases that give no step. */
export const casesWithoutStep = (version: RecordedVersion): readonly string[] =>
  recordedCases(version)
    .filter((one) => stepsOf(one, recordedShop(version)).length === 0)
    .map(({ name }) => name);
