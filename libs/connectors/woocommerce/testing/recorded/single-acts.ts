import { type OrderView } from '../../src/index.js';
import { type OrderState, recordedCases } from './recorded-case.js';
import { orderIn, rowSold } from './rebuilt-order.js';
import { type RecordedStep } from './step.js';

const oneRow = (stock: number) => new Map([[rowSold, stock]]);

/** Stock of the product before each creation. */
const opening = 100;

const createdOf = (status: string, isPaid: boolean): OrderState | undefined =>
  recordedCases.create.create.find(([asked, paid]) => asked === status && (paid ?? false) === isPaid)?.[4] ?? undefined;

export const creationName = (status: string | null, isPaid: true | null): string =>
  `create ${status}${isPaid === true ? ', paid' : ''}`;

export const creations = (): readonly RecordedStep[] =>
  recordedCases.create.create.flatMap(([asked, paid, , stock, state]) =>
    state === null || stock === null
      ? []
      : [
          {
            ...{ name: creationName(asked, paid), kind: 'creation' as const, before: undefined, after: orderIn(state) },
            ...{ rowsBefore: oneRow(opening), rowsAfter: oneRow(stock) },
          },
        ],
  );

export const checkouts = (): readonly RecordedStep[] =>
  recordedCases.checkout.map(([checkout, gateway, , before, after, state]) => ({
    ...{ name: `${checkout} ${gateway}`, kind: 'checkout', before: undefined, after: orderIn(state) },
    ...{ rowsBefore: oneRow(before), rowsAfter: oneRow(after) },
  }));

/** The order before a transition: as it was created, or with a star as it came there from processing. */
const readBefore = (from: string): OrderView => {
  const state = from.endsWith('*') ? stateAfter(`processing->${from.slice(0, -1)}`) : createdOf(from, false);
  if (state === undefined) throw new Error(`Nobody recorded an order in ${from}`);
  return orderIn(state);
};

const stateAfter = (transition: string): OrderState | undefined => {
  const shown = recordedCases.transitions[transition];
  if (shown === undefined) return undefined;
  const [, , , , taken, , status] = shown;
  return { status, item: taken === null ? {} : { _reduced_stock: taken } };
};

export const transitions = (): readonly RecordedStep[] =>
  Object.entries(recordedCases.transitions).flatMap(([name, [stockBefore, stockAfter]]) => {
    const state = stateAfter(name);
    const [from = ''] = name.split('->');
    if (state === undefined) return [];
    return [
      {
        ...{ name, kind: 'transition' as const, before: readBefore(from), after: orderIn(state) },
        ...{ rowsBefore: oneRow(stockBefore), rowsAfter: oneRow(stockAfter) },
      },
    ];
  });
