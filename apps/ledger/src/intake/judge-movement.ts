import type { IncomingMessage } from '#messaging';
import type { Ledger } from '../composition/ledger.js';
import { examineMovement } from '../http/movements/movement.request.js';
import { reportMovement } from '../http/movements/report-movement.js';
import { readEnvelope } from './read-envelope.js';
import { intakeTopics } from './topics.js';
import { parked, taken, verdictOf, type Verdict } from './verdict.js';

/** A movement of any kind, as over HTTP. */
export const judgeMovement = async (
  ledger: Pick<Ledger, 'report' | 'clock'>,
  message: IncomingMessage,
): Promise<Verdict> => {
  const { asker, body } = readEnvelope(intakeTopics.movements, message);
  const examined = examineMovement(body);
  if ('problem' in examined) return parked(examined.problem.problem);
  const outcome = await reportMovement(ledger, asker, examined.request);
  return outcome.kind === 'accepted' ? taken : verdictOf(outcome);
};
