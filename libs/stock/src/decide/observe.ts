import { accepted, plus, refused } from '#event-sourcing';
import type { ObserveStock } from '../commands.js';
import type { StockObserved, TellableBasis } from '../events.js';
import { horizonOf, movedWithin } from '../state/movements.js';
import { suspicionOf } from '../state/suspicions.js';
import { conclude, type StockDecision } from './conclude.js';
import { postedAs } from './count.js';
import type { Draft } from './draft.js';
import { changeFor, expectedAt, isTellable } from './expected.js';
import { checkMoment } from './form.js';
import { report, reported } from './report.js';

type Tellable = ObserveStock & { readonly basis: TellableBasis };
type Conclusion = Pick<StockObserved['data'], 'conclusion' | 'reason'>;

/** How long the source may take to post what has happened; a source without settings posts at once. */
const lagOf = ({ policy }: Draft, { connection, location }: ObserveStock): number =>
  policy.locations.get(location)?.observers?.find((one) => one.connection === connection)?.postingLagMillis ?? 0;

/** Has anything moved so shortly before the figure that its source may not have posted it? */
const isUnsettled = (draft: Draft, command: Tellable): boolean => {
  const { location, asOf } = command;
  const from = plus(asOf, -lagOf(draft, command));
  return movedWithin(draft.state(), location, from, asOf).some((movement) => changeFor(command, movement) !== 0);
};

/** A difference is believed when its source shows it twice, the second time after all lag. */
const suspected = (draft: Draft, command: Tellable, difference: number): Conclusion | undefined => {
  const suspicion = suspicionOf(draft.state(), command);
  const same = suspicion?.difference === difference && suspicion.basis === command.basis;
  if (!same) return { conclusion: 'inconclusive', reason: 'not_confirmed' };
  const isLater = command.asOf > suspicion.asOf && command.asOf >= plus(suspicion.asOf, lagOf(draft, command));
  return isLater ? { conclusion: 'posted', reason: 'confirmed' } : undefined;
};

/** Undefined: the figure says nothing that is not known. */
const concluded = (draft: Draft, command: Tellable, difference: number): Conclusion | undefined => {
  if (difference === 0) return suspicionOf(draft.state(), command) && { conclusion: 'agreed', reason: 'withdrawn' };
  if (command.released) return { conclusion: 'posted', reason: 'released' };
  if (isUnsettled(draft, command)) return { conclusion: 'inconclusive', reason: 'posting_lag' };
  return suspected(draft, command, difference);
};

const compare = (command: Tellable, draft: Draft): StockDecision => {
  const { location, asOf, basis, observed } = command;
  const oldest = horizonOf(draft.before, draft.now);
  if (asOf < oldest) return refused({ code: 'count_too_old', asOf, oldest });
  const expected = expectedAt(draft.state(), command);
  const difference = observed - expected;
  const conclusion = concluded(draft, command, difference);
  if (!conclusion) return accepted();
  const parts = conclusion.conclusion === 'posted' ? postedAs(location, difference) : [];
  const said = { location, asOf, basis, observed, expected, difference, ...conclusion };
  const data = { ...said, ...reported(command, draft, undefined, { parts, stands: parts }) };
  draft.emit({ type: 'StockObserved', data, occurredAt: asOf });
  return conclude(draft);
};

/**
 * A machine says what there is. Compared with the ledger of that moment: what agrees changes nothing; a difference is
 * posted, to sellable, when it is confirmed by a later figure of the same source, or released by a person.
 */
export const observe = (command: ObserveStock, draft: Draft): StockDecision => {
  const { asOf, basis } = command;
  const ahead = checkMoment(asOf, draft.now);
  if (ahead) return refused(ahead);
  if (!isTellable(basis)) return refused({ code: 'basis_not_supported', basis });
  return report(command, draft, () => compare({ ...command, basis }, draft));
};
