import { linesOf, plainLineOf, type Snapshot } from './table.js';

export type Screen = { readonly show: (snapshot: Snapshot) => void; readonly end: () => void };

const upAndClear = (lines: number): string => (lines === 0 ? '' : `\u001B[${lines}A\u001B[J`);

/** A table that is drawn again in its place; a line each time where there is no terminal. */
export const createScreen = (stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): Screen => {
  let drawn = 0;
  if (!stream.isTTY)
    return { show: (snapshot) => void stream.write(`${plainLineOf(snapshot)}\n`), end: () => undefined };
  return {
    show: (snapshot) => {
      const lines = linesOf(snapshot);
      stream.write(`${upAndClear(drawn)}${lines.join('\n')}\n`);
      drawn = lines.length;
    },
    end: () => {
      drawn = 0;
    },
  };
};
