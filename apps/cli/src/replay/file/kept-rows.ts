import type { Row } from './row.js';

export type KeptBounds = { readonly rowsMax: number; readonly charactersMax: number };

/** Twice the committed year: 37 bytes a row, and each different text once. */
export const keptBounds: KeptBounds = { rowsMax: 1_000_000, charactersMax: 8_000_000 };

/** Rows in memory, to be read as often as wanted. */
export type KeptRows = {
  readonly count: number;
  readonly rowAt: (index: number) => Row;
  /** The same in the order of the rows, for the last time: memory is given back as they are taken. */
  readonly takeAt: (index: number) => Row;
};

export type Keeper = {
  readonly add: (row: Row) => void;
  /** All rows that were added; undefined: there were more than may be kept. */
  readonly kept: () => KeptRows | undefined;
};

/** Rows of one block: so many that its columns are given back to the system, a quarter of a megabyte each and more. */
const blockRows = 65_536;

/** One column each. A text is its place among the texts. */
type Block = {
  readonly line: Float64Array;
  readonly invoice: Uint32Array;
  readonly sku: Uint32Array;
  readonly description: Uint32Array;
  readonly quantity: Float64Array;
  readonly minute: Uint32Array;
  readonly free: Uint8Array;
  readonly customer: Uint32Array;
};

/** Keeps rows as columns of numbers: a year takes 23 MB, and 134 as objects (measured). */
export const startKeeper = ({ rowsMax, charactersMax }: KeptBounds): Keeper => {
  const blocks: Block[] = [];
  const texts = startTexts();
  let count = 0;
  const areTooMany = (): boolean => count > rowsMax || texts.characters() > charactersMax;
  return {
    add: (row) => {
      const at = count % blockRows;
      count += 1;
      if (areTooMany()) return;
      if (at === 0) blocks.push(emptyBlock());
      write(blocks[blocks.length - 1] as Block, at, row, texts.placeOf);
    },
    kept: () => (areTooMany() ? undefined : keptRows(blocks, texts.all, count)),
  };
};

const keptRows = (blocks: (Block | undefined)[], texts: readonly string[], count: number): KeptRows => {
  const rowAt = (index: number): Row => {
    const block = blocks[Math.floor(index / blockRows)];
    if (block === undefined) throw new Error(`Row ${index} is not kept, or was taken`);
    return read(block, index % blockRows, texts);
  };
  const takeAt = (index: number): Row => {
    const row = rowAt(index);
    const isLastOfBlock = index % blockRows === blockRows - 1;
    if (isLastOfBlock) blocks[Math.floor(index / blockRows)] = undefined;
    return row;
  };
  return { count, rowAt, takeAt };
};

const emptyBlock = (): Block => ({
  line: new Float64Array(blockRows),
  invoice: new Uint32Array(blockRows),
  sku: new Uint32Array(blockRows),
  description: new Uint32Array(blockRows),
  quantity: new Float64Array(blockRows),
  minute: new Uint32Array(blockRows),
  free: new Uint8Array(blockRows),
  customer: new Uint32Array(blockRows),
});

const write = (block: Block, at: number, row: Row, placeOf: (text: string) => number): void => {
  block.line[at] = row.line;
  block.invoice[at] = placeOf(row.invoice);
  block.sku[at] = placeOf(row.sku);
  block.description[at] = placeOf(row.description);
  block.quantity[at] = row.quantity;
  block.minute[at] = placeOf(row.minute);
  block.free[at] = row.free ? 1 : 0;
  block.customer[at] = placeOf(row.customer);
};

const read = (block: Block, at: number, texts: readonly string[]): Row => ({
  line: block.line[at] as number,
  invoice: texts[block.invoice[at] as number] as string,
  sku: texts[block.sku[at] as number] as string,
  description: texts[block.description[at] as number] as string,
  quantity: block.quantity[at] as number,
  minute: texts[block.minute[at] as number] as string,
  free: block.free[at] === 1,
  customer: texts[block.customer[at] as number] as string,
});

type Texts = {
  readonly all: readonly string[];
  readonly placeOf: (text: string) => number;
  readonly characters: () => number;
};

/** Every different text once. */
const startTexts = (): Texts => {
  const all: string[] = [];
  const places = new Map<string, number>();
  let characters = 0;
  return {
    all,
    placeOf: (text) => {
      const known = places.get(text);
      if (known !== undefined) return known;
      places.set(text, all.length);
      characters += text.length;
      return all.push(text) - 1;
    },
    characters: () => characters,
  };
};
