import type { EffectCase } from '../recordings.js';
import { combinationByWebservice } from './combinations.js';
import {
  created,
  createdByWebservice,
  createdOnEmptyRow,
  createdThenCancelled,
  createdWithConfiguration,
} from './creating.js';
import { crossing } from './crossings.js';
import { edit } from './edits.js';
import { orderInShop, rowPatched, rowsListed } from './multistore.js';
import { componentAlone, packEdit, packOrder, packRowWritten } from './packs.js';
import type { ScriptOf } from './script.js';
import { customerReturn, customTransition, transition } from './states.js';
import { stockWrite } from './stock.js';

/** Which script plays a case, by its name. The first that fits. */
const scripts: readonly (readonly [pattern: RegExp, script: ScriptOf])[] = [
  [/^create-/, created],
  [/^ws-order-/, createdByWebservice],
  [/^validateOrder-row/, createdOnEmptyRow],
  [/^(ws|bo)-transition-/, transition],
  [/^custom-state-/, customTransition],
  [/^customer-return-/, customerReturn],
  [/^(virtual-create|three-lines)/, createdThenCancelled],
  [/^edit-/, edit],
  [/^stock-PS_.*: create/, createdWithConfiguration],
  [/^stock-/, stockWrite],
  [/^pack.*: ws PATCH/, packRowWritten],
  [/^pack.*of the component alone/, componentAlone],
  [/^pack\d-edit-/, packEdit],
  [/^pack(-type|\d-transition)/, packOrder],
  [/^multistore-order/, orderInShop],
  [/^multistore-ws-patch/, rowPatched],
  [/^multistore-ws-list/, rowsListed],
  [/^lost-/, crossing],
  [/^ws-(post|delete)-combination/, combinationByWebservice],
];

/** What is not played here, and why. */
const leftOut: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^block-/, "hooks of PHP modules that throw, redirect or empty lists: this shop runs no module's code"],
  [/^devmode-/, 'the same in development mode'],
  [/^checkout-hooks-/, 'names of hooks only'],
  [/^race-/, 'counts of 200 trials at the real shop speed: this shop is divided by a gate, not by chance'],
  [/^transition-random-walks/, 'a sum over walks whose steps were not kept'],
  [/^multistore-rows/, 'rows as they happened to be, without an act'],
  [/^(cart-check|pack\d-check|two-carts|row-zero|checkout-http|ajax-)/, "the checkout's, played with the shopper"],
  [
    /^parallel-(two carts|one cart, validation posted (to|twice at the same instant \(same))/,
    'played with the shopper',
  ],
  [/^parallel-/, 'a shop slowed down in one place; a gate does that here'],
  [/^ws-get-/, 'lists of what the recorded shop happened to hold: their shape is compared on its own'],
  [/updateQuantity\(6,0,-4\)$/, 'a call of PHP that nobody outside can make; selling and editing go the same way'],
  [/^stock-StockManager::saveMovement/, 'a call of PHP that nobody outside can make'],
  [/^stock-legacy Product::save/, 'a call of PHP that nobody outside can make'],
  [/^stock-BO product page: only out of stock type/, 'writes no quantity'],
];

export const scriptOf = ({ name }: EffectCase): ScriptOf | undefined =>
  whyLeftOut({ name }) === undefined ? scripts.find(([pattern]) => pattern.test(name))?.[1] : undefined;

export const whyLeftOut = ({ name }: Pick<EffectCase, 'name'>): string | undefined =>
  leftOut.find(([pattern]) => pattern.test(name))?.[1];

/** Cases whose result is not linear in units and opening stock: a floor, a shortage, a sum that was wrong before, a row that goes. */
export const isLinear = ({ name }: EffectCase): boolean =>
  !/of the component alone|PS_ENABLE_BACKORDER_STATUS|^ws-delete-combination|multistore-ws-patch-combination-row1\d\d&/.test(
    name,
  );

/** Not those whose row ids are part of the recording. */
export const canShareShop = ({ name }: EffectCase): boolean => !name.startsWith('multistore-ws-list');
