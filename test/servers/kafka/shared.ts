import { inject } from 'vitest';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- Vitest is told by merging into its interface
  interface ProvidedContext {
    /** Who starts the broker of this run for the first that asks: see tools/vitest/kafka.ts. */
    readonly kafkaUrl: string;
  }
}

/**
 * The addresses of the one broker of the run, which starts when the first test asks. Tests share it: topics and groups
 * get names of their own (`uniqueName`), and who kills brokers starts a cluster for it.
 *
 * @example const brokers = await sharedKafka();
 */
export const sharedKafka = async (): Promise<readonly string[]> => {
  const answer = await fetch(inject('kafkaUrl'));
  const body = await answer.text();
  if (!answer.ok) throw new Error(body);
  return JSON.parse(body) as string[];
};
