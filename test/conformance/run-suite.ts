import type { NamedCheck, Suite } from './suite.js';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** A server that never answers is a failed check, not a run without an end. The longest check takes about 20 s. */
const checkMillisMax = 120_000;

/** Asks one check after another, prints a line for each, and stops what was opened. */
export const runSuite = async (title: string, suite: Suite, print: (line: string) => void): Promise<Counts> => {
  let failed = 0;
  try {
    for (const check of suite.checks) {
      const error = await faultOf(check);
      if (error !== undefined) failed += 1;
      print(lineOf(`${title}, ${check.name}`, error));
    }
  } finally {
    await suite.stop();
  }
  const skipped = suite.skipped ?? [];
  for (const { name, reason } of skipped) print(`skipped ${title}, ${name}: ${reason}`);
  return { passed: suite.checks.length - failed, failed, skipped: skipped.length };
};

const faultOf = async ({ run }: NamedCheck): Promise<Error | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`no end after ${checkMillisMax} ms`)), checkMillisMax);
  });
  const asked = run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  try {
    return await Promise.race([asked, tooLong]);
  } finally {
    clearTimeout(timer);
  }
};

/** One line a check: what an error has to say is put on it. */
const lineOf = (name: string, error: Error | undefined): string =>
  error === undefined
    ? `ok      ${name}`
    : `FAILED  ${name}: ${error.name}: ${error.message.replaceAll(/\s+/gu, ' ').trim()}`;
