import { Agent } from 'undici';
import { within } from '#deadline';
import type { MarketplaceAnswer } from './answer.js';
import { troubleOfConnection, troubleOfStatus } from './trouble.js';

export type MarketplaceClientOptions = {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  readonly token: string;
  /** Whole time of a request. */
  readonly requestMillisMax?: number;
};

export type MarketplaceRequest = {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: unknown;
};

export type MarketplaceClient = {
  /** Sends one request once. */
  readonly send: (request: MarketplaceRequest, signal: AbortSignal) => Promise<MarketplaceAnswer>;
  readonly close: () => Promise<void>;
};

const requestMillisDefault = 30_000;
const connectionsMax = 4;

/** A client of the marketplace's API. Everything that can go wrong is a value. */
export const marketplaceClient = (options: MarketplaceClientOptions): MarketplaceClient => {
  const { url, token, requestMillisMax = requestMillisDefault } = options;
  const agent = new Agent({ connections: connectionsMax, headersTimeout: 0, bodyTimeout: 0 });
  const ask = async ({ method, path, body }: MarketplaceRequest, signal: AbortSignal): Promise<MarketplaceAnswer> => {
    try {
      const response = await agent.request({
        ...{ origin: url, path, method, signal },
        headers: { authorization: `Bearer ${token}` },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const text = await response.body.text();
      return answerOf(response.statusCode, text, response.headers['retry-after']);
    } catch (error) {
      return { kind: 'trouble', ...troubleOfConnection(error, signal.aborted) };
    }
  };
  return {
    send: (request, signal) =>
      within({ millis: requestMillisMax, signals: [signal] }, (bounded) => ask(request, bounded)),
    close: () => agent.close(),
  };
};

const answerOf = (
  status: number,
  text: string,
  retryAfter: string | readonly string[] | undefined,
): MarketplaceAnswer => {
  if (status === 404) return { kind: 'not_found' };
  if (status !== 200 && status !== 202)
    return { kind: 'trouble', ...troubleOfStatus(status, text, String(retryAfter)) };
  try {
    return { kind: 'ok', value: JSON.parse(text) as unknown };
  } catch {
    const detail = 'The answer is no JSON: a page in place of data. Look at what stands before the marketplace.';
    return { kind: 'trouble', trouble: { kind: 'unintelligible', code: 'not_json', detail }, mayStand: true };
  }
};
