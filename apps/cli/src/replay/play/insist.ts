import type { Told } from './ledger-port.js';

/** A ledger that answers nothing for so many tries in a row is gone. */
const triesMax = 200;

/** Tries until the ledger has taken or refused it: every command is safe to repeat, by its key and version. */
export const insist = async (
  tell: () => Promise<Told>,
  sleep: (millis: number) => Promise<void>,
): Promise<Exclude<Told, { readonly kind: 'again' }>> => {
  for (let tries = 1; ; tries += 1) {
    const told = await tell();
    if (told.kind !== 'again') return told;
    if (tries === triesMax) return { kind: 'refused', why: `${told.why}, ${triesMax} times in a row` };
    await sleep(told.afterMillis);
  }
};
