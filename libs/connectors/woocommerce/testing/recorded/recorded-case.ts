import { readFileSync } from 'node:fs';

/** An order as its rows stood. Metas are those of its lines, the last line's over the others'. */
export type OrderState = {
  readonly status: string;
  readonly item: Readonly<Partial<Record<'_reduced_stock' | '_restock_refunded_items', string>>>;
};

/** Stock before and after, flag before and after, `_reduced_stock` after, HTTP status, status, whether the date moved. */
type Transition = readonly [number, number, string, string, string | null, number, string, boolean];

/** An act, stock before and after, the difference, HTTP status or answer, the order after, whether its date moved. */
export type StoryStep = readonly [string, number, number, number, unknown, OrderState | null, boolean | null];
type Heading = readonly [string, null, null, null, null, null, null];

/** Status asked for, whether it was paid, status or HTTP status, stock after (100 before), the order. */
type Created = readonly [string | null, true | null, string | number, number | null, OrderState | null];

/** Checkout, gateway, answer, stock before and after, the order. */
type CheckedOut = readonly ['classic' | 'block', string, unknown, number, number, OrderState];

/** An act, whether the dates of its rows moved, their stock before and after it. */
type Dated = readonly [string, readonly string[], readonly number[], readonly number[]];

export type Cases = {
  readonly transitions: Readonly<Record<string, Transition>>;
  readonly create: { readonly create: readonly Created[] };
  readonly checkout: readonly CheckedOut[];
  readonly edit: readonly (StoryStep | Heading)[];
  readonly delete: readonly (StoryStep | Heading)[];
  readonly admin: readonly (StoryStep | Heading)[];
  readonly dates: readonly Dated[];
  /** By `(orders, stock after)`, how often that came. */
  readonly races: Readonly<Record<string, { readonly res: Readonly<Record<string, number>> }>>;
};

const file = new URL('../../../../../test/data/woocommerce/cases.json', import.meta.url);

export const recordedCases = JSON.parse(readFileSync(file, 'utf8')) as Cases;

/** Steps on one order of three, which begins in a status. */
export type Story = { readonly name: string; readonly begins: string; readonly steps: readonly StoryStep[] };

const heading = /^== (.+) \[([a-z-]+) x3\]$/u;

const isStep = (step: StoryStep | Heading): step is StoryStep => !step[0].startsWith('==');

/** Steps by the headings that stand between them. */
export const storiesIn = (steps: readonly (StoryStep | Heading)[]): readonly Story[] =>
  steps.flatMap((step, at) => {
    const [, name = '', begins = ''] = heading.exec(step[0]) ?? [];
    if (begins === '') return [];
    const next = steps.findIndex((other, index) => index > at && !isStep(other));
    const own = steps.slice(at + 1, next < 0 ? undefined : next).filter(isStep);
    return [{ name: `${name}, ${begins}`, begins, steps: own }];
  });
