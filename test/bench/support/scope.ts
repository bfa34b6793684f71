import { stopMillisMax, within } from './deadline.js';

/** What a run has started and must not leave behind: servers, connections, folders. */
export type Scope = {
  /** To be closed at the end, before whatever was added earlier. */
  readonly add: (what: string, close: () => Promise<unknown>) => void;
  /** Closes everything, however often it is called; what fails or hangs is told and keeps nothing else from closing. */
  readonly close: () => Promise<void>;
};

export const createScope = (onTrouble: (text: string) => void): Scope => {
  const open: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    for (let last = open.pop(); last !== undefined; last = open.pop()) {
      const { what, close } = last;
      await within(`closing ${what}`, stopMillisMax, close()).catch((error: unknown) => onTrouble(String(error)));
    }
  };
  return {
    add: (what, close) => void open.push({ what, close }),
    close: () =>
      (closing ??= closeAll().finally(() => {
        closing = undefined;
      })),
  };
};
