import fc from 'fast-check';
import type { Instant } from '#event-sourcing';
import type { StockCommand } from '../src/index.js';
import {
  adjustments,
  bucketChanges,
  counts,
  expectedReceipts,
  incomings,
  issues,
  observations,
  receipts,
  returns,
  transfers,
} from './arbitrary-facts.js';
import {
  acknowledgements,
  extensions,
  moves,
  quotas,
  releases,
  reserves,
  targets,
  undos,
} from './arbitrary-requests.js';
import { still, type Timed } from './arbitrary-values.js';
import { later, now } from './company.js';
import { sweep } from './requests.js';

/* Commands as they may come: few places, keys and carts, so that they meet; times that pass and lie back. */

/** A command and the moment of its decision. */
export type Step = { readonly command: StockCommand; readonly now: Instant };

const anything: fc.Arbitrary<Timed> = fc.oneof(
  { weight: 2, arbitrary: quotas },
  { weight: 4, arbitrary: incomings },
  { weight: 2, arbitrary: expectedReceipts },
  { weight: 4, arbitrary: receipts },
  { weight: 4, arbitrary: still(targets) },
  { weight: 5, arbitrary: reserves },
  { weight: 3, arbitrary: issues },
  { weight: 2, arbitrary: adjustments },
  { weight: 2, arbitrary: counts },
  { weight: 2, arbitrary: observations },
  { weight: 1, arbitrary: returns },
  { weight: 1, arbitrary: bucketChanges },
  { weight: 1, arbitrary: transfers },
  { weight: 1, arbitrary: releases },
  { weight: 1, arbitrary: extensions },
  { weight: 1, arbitrary: undos },
  { weight: 3, arbitrary: moves },
  { weight: 3, arbitrary: acknowledgements },
  { weight: 1, arbitrary: still(fc.constant(sweep)) },
);

/** A history of commands on one SKU that opens with units in both warehouses; time passes, holds expire. */
export const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    receipts,
    receipts,
    fc.array(fc.tuple(anything, fc.constantFrom(0, 1, 20, 700, 90_000)), { maxLength: 40, size: 'max' }),
  )
  .map(([first, second, all]) => {
    let moment = now;
    const opening = [first, second].map((command) => ({ command: command(now), now }));
    const rest = all.map(([command, seconds]) => {
      moment = later(seconds, moment);
      return { command: command(moment), now: moment };
    });
    return [...opening, ...rest];
  });
