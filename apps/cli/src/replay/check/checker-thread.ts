import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createPostgresEventStore } from '#event-store/postgres';
import { createDigest } from '#platform/digest';
import { createPool, plansByIndex } from '#postgres';
import { startVerification } from '#read-model';
import { checkChains } from './chain-check.js';
import type { CheckerAnswer, CheckerOrder, CheckerStart } from './checker.js';

/** The whole life of the checker's thread: reads until it is told where the log ends, answers once, and ends. */
const check = async (port: MessagePort, { serviceUrl }: CheckerStart): Promise<CheckerAnswer> => {
  const chains = checkChains(createDigest());
  const store = createPostgresEventStore({ url: serviceUrl, applicationName: 'replay check', onRead: chains.see });
  const pool = createPool({ url: serviceUrl, applicationName: 'replay check', max: 2, settings: plansByIndex });
  const verification = startVerification({ pool, store });
  try {
    const [{ head }] = (await once(port, 'message')) as [CheckerOrder];
    const { broken } = await verification.finish(head);
    return { broken: [...broken, ...chains.broken()] };
  } finally {
    await verification.abandon();
    await pool.end();
    await store.close();
  }
};

if (parentPort === null) throw new Error('to be started as a thread: see checker.ts');
parentPort.postMessage(await check(parentPort, workerData as CheckerStart));
