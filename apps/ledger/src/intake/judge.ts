import { ProblemError } from '#platform';
import type { IncomingMessage } from '#messaging';
import type { Ledger } from '../composition/ledger.js';
import { judgeMovement } from './judge-movement.js';
import { judgeOrder } from './judge-order.js';
import type { IntakeKind } from './topics.js';
import { parked, type Verdict } from './verdict.js';

export type IntakeLedger = Pick<Ledger, 'orders' | 'report' | 'clock'>;

const judges = { orders: judgeOrder, movements: judgeMovement } as const;

/** What becomes of a message of this kind. What its writer got wrong is a verdict; any other error is our own. */
export const judge = async (kind: IntakeKind, ledger: IntakeLedger, message: IncomingMessage): Promise<Verdict> => {
  try {
    return await judges[kind](ledger, message);
  } catch (error) {
    if (error instanceof ProblemError) return parked(error.problem);
    throw error;
  }
};
