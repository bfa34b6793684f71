import autocannon from 'autocannon';
import type { Contestant } from './contest.js';
import { recordMillis } from './statistics.js';

/** Requests of one kind over so many connections, each with one request under way. */
export type HttpLoad = {
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  readonly token: string;
  readonly connections: number;
  /** Path and body of the next request, never the same twice. */
  readonly next: () => { readonly path: string; readonly body: string };
  readonly unitsPerRequest?: number;
  /** Told of answers that are no 200, where these are no reason to fail. */
  readonly onRefused?: (status: number) => void;
};

/** How often the end of a round is looked for. */
const sampleMillis = 20;

/** @throws Error when an answer was no 200 and nobody is told of it: a bench of refusals would measure nothing */
export const overHttp =
  ({ url, method, token, connections, next, unitsPerRequest = 1, onRefused }: HttpLoad): Contestant['run'] =>
  async (millis, latency) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const startedAt = performance.now();
    let [requests, lastAt] = [0, startedAt];
    const failures: string[] = [];
    const round = (seconds: number): autocannon.Options => ({
      ...{ url, connections, headers, method, sampleInt: sampleMillis, duration: seconds },
      requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
    });
    const onAnswer = (status: number, responseMillis: number): void => {
      recordMillis(latency, responseMillis);
      [requests, lastAt] = [requests + 1, performance.now()];
      if (status === 200) return;
      if (onRefused) onRefused(status);
      else failures.push(`HTTP ${status}`);
    };
    // A round so short that nobody was answered in it (a smoke run on a busy machine) says nothing: once more, longer.
    for (let seconds = millis / 1_000; requests === 0 && failures.length === 0; seconds *= 2)
      await fire(round(seconds), onAnswer, (error) => void failures.push(String(error)));
    if (failures.length > 0) throw new Error(`${failures.length} requests failed: ${failures[0] ?? ''}`);
    return ((requests * unitsPerRequest) / (lastAt - startedAt)) * 1_000;
  };

const fire = (
  options: autocannon.Options,
  onAnswer: (status: number, millis: number) => void,
  onError: (error: unknown) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const load = autocannon(options, (error: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
    load.on('response', (_client, status, _bytes, millis) => onAnswer(status, millis));
    load.on('reqError', onError);
  });
