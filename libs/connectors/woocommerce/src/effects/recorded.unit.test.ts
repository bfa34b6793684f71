import { describe, expect, it } from 'vitest';
import { brokenModels } from '../../testing/models.js';
import {
  casesWithoutStep,
  type Kind,
  kinds,
  recordedAnswer,
  recordedSteps,
  verdictOn,
} from '../../testing/recorded/index.js';
import { orderViewOf } from '../reading/order-view.js';
import { type OrderView } from './views.js';

/** The most figures that a row is ever left with in these cases. */
const sizeMax = 3;

const stepsOf = Object.fromEntries(kinds.map((kind) => [kind, recordedSteps(kind)])) as Readonly<
  Record<Kind, ReturnType<typeof recordedSteps>>
>;
const steps = kinds.flatMap((kind) => stepsOf[kind]);

const isSingle = ({ sizes }: { readonly sizes: readonly number[] }): boolean => sizes.every((size) => size === 1);

/** How many cases there are of each kind: a reader that loses some would make the test easier. */
const counts: Readonly<Record<Kind, number>> = {
  ...{ creation: 20, checkout: 6, transition: 70, edit: 65, delete: 22, admin: 27, dates: 5 },
};

describe('the model and the recorded rows', () => {
  it.each(kinds)('agree on every case of kind %s', (kind) => {
    const verdicts = stepsOf[kind].map((step) => verdictOn(step));
    const single = verdicts.filter(isSingle).length;
    process.stdout.write(`${kind}: ${verdicts.length} steps, ${single} with one possible outcome\n`);
    expect(verdicts.flatMap(({ missed }) => missed)).toEqual([]);
    expect(verdicts).toHaveLength(counts[kind]);
  });

  it('leave no row with more than a few possible figures, and most with one', () => {
    const verdicts = steps.map((step) => verdictOn(step));
    const single = verdicts.filter(isSingle).length;
    process.stdout.write(`all: ${verdicts.length} steps, ${single} with one possible outcome\n`);
    expect(Math.max(...verdicts.flatMap(({ sizes }) => sizes))).toBeLessThanOrEqual(sizeMax);
    expect(single / verdicts.length).toBeGreaterThan(0.65);
  });

  it('leave more than one only where units were taken from nothing, or all of them given back, read before or not', () => {
    const takenBy = (order: OrderView | undefined): string =>
      String(order?.lines.some(({ reduced = 0 }) => reduced !== 0) ?? false);
    const isOverAtSight = ({ before, after }: (typeof steps)[number]): boolean =>
      before === undefined && after?.status === 'cancelled';
    const doubtful = steps.filter((step) => !isSingle(verdictOn(step)) && !isOverAtSight(step));
    expect(doubtful.filter(({ before, after }) => takenBy(before) === takenBy(after)).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

/** Refused before there was an order. The other things that were done to see which dates move are writes of rows. */
const refused = ['create trash', 'create trash, paid', 'create bogus', 'create bogus, paid'];

it('no case about orders is left out', () => {
  const others = casesWithoutStep().filter(
    (name) => !/^REST |^variation|_stock \(php\)|decrease|set \(php\)|^parent/u.test(name),
  );
  expect(others).toEqual(refused);
});

describe('orders were rebuilt as REST showed them', () => {
  const saidBy = ({ status, lines }: OrderView) => ({
    status,
    lines: lines.map(({ productId, quantity, reduced, restocked }) => ({ productId, quantity, reduced, restocked })),
  });

  const answered = (name: string): OrderView =>
    orderViewOf(recordedAnswer(name), { refunds: [], itemOf: () => undefined, holdStockMinutes: undefined });

  const editable = ['processing', 'on-hold', 'completed', 'pending', 'cancelled', 'failed'];
  const payable = ['pending', 'on-hold', 'failed', 'cancelled', 'refunded', 'completed'];

  it.each<readonly [string, string]>([
    ...payable.map((status) => [`PUT set_paid, ${status}: PUT set_paid true`, `order.put.set_paid.${status}`] as const),
    ...editable.flatMap((status) =>
      ['5', '0'].map(
        (units) =>
          [`line edit by REST, ${status}: PUT line quantity ${units}`, `order.line.qty${units}.${status}`] as const,
      ),
    ),
    ['line removal by product_id null, processing: PUT line product_id null', 'order.line.null'],
    ['line to another product, processing: PUT line product_id other', 'order.line.swap'],
    ...['pending', 'on-hold', 'processing', 'completed', 'cancelled', 'failed', 'refunded'].flatMap((status) => [
      [`create ${status}`, `order.create.${status}.None`] as const,
      [`create ${status}, paid`, `order.create.${status}.True`] as const,
    ]),
  ])('%s', (name, answer) => {
    const after = steps.find((step) => step.name === name)?.after;
    expect(after && saidBy(after)).toEqual(saidBy(answered(answer)));
  });
});

describe('controls: a model with another rule misses rows', () => {
  it.each(Object.entries(brokenModels))('%s', (_, model) => {
    expect(steps.flatMap((step) => verdictOn(step, model).missed)).not.toEqual([]);
  });
});
