import { type OrderLine, type OrderView } from '../../src/index.js';
import { type OrderState, recordedCases, storiesIn, type Story, type StoryStep } from './recorded-case.js';
import { orderIn, rowSold, saying, statusIn } from './rebuilt-order.js';
import { type Kind, type RecordedStep } from './step.js';
import { editedBy } from './told-acts.js';

const isSaid = ({ reduced, restocked }: OrderLine, { item }: OrderState): boolean =>
  item._reduced_stock === reduced?.toString() && item._restock_refunded_items === restocked?.toString();

/** The metas are one line's: the touched one's, or an older line's where the touched one says nothing. */
const afterOf = (before: OrderView, words: string, state: OrderState): OrderView => {
  const { order, touched } = editedBy(before, words);
  const isOfAnother = before.lines.some((line) => line.id !== touched && isSaid(line, state));
  const lines = order.lines.map((line) => (line.id === touched ? saying(line, isOfAnother ? {} : state.item) : line));
  return { ...order, status: statusIn(state), lines };
};

type Told = { readonly steps: readonly RecordedStep[]; readonly order: OrderView | undefined };

const withStep =
  (kind: Kind, story: Story) =>
  ({ steps, order }: Told, [words, stockBefore, stockAfter, , , state]: StoryStep): Told => {
    const after = state === null || order === undefined ? undefined : afterOf(order, words, state);
    const step: RecordedStep = {
      ...{ name: `${story.name}: ${words}`, kind, before: order, after },
      ...{ rowsBefore: new Map([[rowSold, stockBefore]]), rowsAfter: new Map([[rowSold, stockAfter]]) },
    };
    return { steps: [...steps, step], order: after };
  };

/** The order with which a story begins, as it was recorded when it was created. */
const beginningOf = ({ begins }: Story): OrderView => {
  const state = recordedCases.create.create.find(([asked, paid]) => asked === begins && paid === null)?.[4];
  if (state === undefined || state === null) throw new Error(`Nobody recorded an order in ${begins}`);
  return orderIn(state);
};

/** What was done to one order, step by step. */
export const stories = (kind: 'edit' | 'delete' | 'admin'): readonly RecordedStep[] =>
  storiesIn(recordedCases[kind]).flatMap(
    (story) => story.steps.reduce<Told>(withStep(kind, story), { steps: [], order: beginningOf(story) }).steps,
  );
