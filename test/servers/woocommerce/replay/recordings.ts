import { readFileSync } from 'node:fs';

/** What was recorded on a real shop: test/data/woocommerce. */
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/woocommerce/${name}.json`, import.meta.url), 'utf8'));

/** An order as its rows stood. Metas are those of its lines, the last line's over the others'. */
export type OrderState = {
  readonly status: string;
  readonly reduced: string;
  readonly item: Readonly<Record<string, string>>;
  readonly held: readonly unknown[];
};

/** Stock before and after, flag before and after, `_reduced_stock` after, HTTP status, status, whether the date moved. */
export type Transition = readonly [number, number, string, string, string | null, number, string, boolean];

/** An act, stock before and after, the difference, HTTP status or answer, the order after, whether its date moved. */
export type Step = readonly [
  string,
  number | null,
  number | null,
  number | null,
  unknown,
  OrderState | null,
  boolean | null,
];

export type Created = readonly [string | null, true | null, string | number, number | null, OrderState | null];
export type CheckedOut = readonly ['classic' | 'block', 'bacs' | 'cheque' | 'cod', unknown, number, number, OrderState];

/** An act, whether the dates of its rows moved, their stock before and after it. */
export type Dated = readonly [string, readonly ('moved' | 'same')[], readonly number[], readonly number[]];

export type Cases = {
  readonly transitions: Readonly<Record<string, Transition>>;
  readonly create: { readonly create: readonly Created[] };
  readonly checkout: readonly CheckedOut[];
  readonly edit: readonly Step[];
  readonly delete: readonly Step[];
  readonly admin: readonly Step[];
  readonly dates: readonly Dated[];
};

export const cases = (): Cases => read('cases') as Cases;

/** Steps on one order, which begins in a status with three units. */
export type Story = { readonly name: string; readonly begins: string; readonly steps: readonly Step[] };

const heading = /^== (?<name>.+) \[(?<begins>[a-z-]+) x3\]$/u;

/** Steps by the headings that stand between them. */
export const storiesOf = (steps: readonly Step[]): readonly Story[] =>
  steps.reduce<readonly Story[]>((stories, step) => {
    const groups = heading.exec(step[0])?.groups;
    if (groups !== undefined) {
      const { name = '', begins = '' } = groups;
      return [...stories, { name: `${name}, ${begins}`, begins, steps: [] }];
    }
    const [last, ...before] = stories.toReversed();
    if (last === undefined) throw new Error(`${step[0]} stands before every heading`);
    return [...before.toReversed(), { ...last, steps: [...last.steps, step] }];
  }, []);

export type RestRecord = {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly scheme?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
};

export const restRecords = (): readonly RestRecord[] => (read('rest') as { readonly records: RestRecord[] }).records;
