import { datedOrders } from './dated-orders.js';
import { recordedCases } from './recorded-case.js';
import { checkouts, creationName, creations, transitions } from './single-acts.js';
import { type Kind, type RecordedStep } from './step.js';
import { stories } from './stories.js';

export { type CheckoutRace, checkoutRaces } from './checkout-races.js';
export { recordedAnswer } from './recorded-answers.js';
export { lineOf, orderOf } from './rebuilt-order.js';
export { type Kind, kinds, type RecordedStep } from './step.js';
export { type Verdict, verdictOn } from './verdict.js';

const readers: Readonly<Record<Kind, () => readonly RecordedStep[]>> = {
  ...{ creation: creations, checkout: checkouts, transition: transitions, dates: datedOrders },
  ...{ edit: () => stories('edit'), delete: () => stories('delete'), admin: () => stories('admin') },
};

/** The recorded cases of this kind as the model is told of them. */
export const recordedSteps = (kind: Kind): readonly RecordedStep[] => readers[kind]();

/** Names of the cases that give no step, of creations and of what was done to see which dates move. */
export const casesWithoutStep = (): readonly string[] => {
  const told = new Set([...creations(), ...datedOrders()].map(({ name }) => name));
  const names = [
    ...recordedCases.create.create.map(([asked, paid]) => creationName(asked, paid)),
    ...recordedCases.dates.map(([name]) => name),
  ];
  return names.filter((name) => !told.has(name));
};
