import { audit, map } from './catalogue.js';
import { add, history, letGo, show, step } from './change.js';
import type { Context, Result } from './context.js';
import { importShop } from './import.js';
import { work } from './jobs.js';
import type { Verb } from './options.js';
import { report } from './report.js';

const verbs: Readonly<Record<Verb, (context: Context) => Promise<Result>>> = {
  show,
  history,
  add,
  off: step,
  observe: step,
  shadow: step,
  canary: step,
  live: step,
  pause: letGo,
  resume: letGo,
  resync: work,
  reconcile: work,
  rerun: work,
  map,
  audit,
  import: importShop,
  report,
};

/** Does what was asked for. @throws LedgerError, UsageError */
export const runChannel = (context: Context): Promise<Result> => verbs[context.options.verb](context);
