import { type ConnectionOptions, type HttpAnswer, httpClient, isWrite, type Method } from '#shop-http';
import { failureOfAnswer } from './answer-failures.js';
import { failed, type Outcome } from './failure.js';
import { jsonOf } from './json.js';

export type RestRequest = {
  readonly method: Method;
  /** Below `/wp-json/wc/v3/`. */
  readonly resource: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
};

/** `base` is the address of the interface: `https://shop.example/wp-json/wc/v3/`. */
export type ClientOptions = ConnectionOptions & { readonly key: string; readonly secret: string };

export type Client = {
  /** Sends one request once, and answers what the shop says. It is never repeated here: who asked knows whether that is safe. */
  readonly send: (request: RestRequest, signal: AbortSignal) => Promise<Outcome<unknown>>;
  readonly close: () => Promise<void>;
};

const answerOf = (answer: HttpAnswer): Outcome<unknown> =>
  answer.status === 200 || answer.status === 201 ? jsonOf(answer.body) : failed(failureOfAnswer(answer));

/** A request that only asks cannot have been applied. */
const withOutcome = (request: RestRequest, outcome: Outcome<unknown>): Outcome<unknown> =>
  outcome.kind === 'ok' || isWrite(request) ? outcome : failed({ ...outcome.failure, applied: 'no' });

/** A client of REST v3: the one of every shop, which speaks JSON. The key goes in the header, never into an address. */
export const restClient = ({ key, secret, ...options }: ClientOptions): Client => {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  const http = httpClient({ ...options, authorization, contentType: 'application/json' });
  return {
    send: async (request, signal) => {
      const { method, resource, query = {}, json } = request;
      const answer = await http.send(
        { method, resource, query: Object.entries(query), ...(json !== undefined && { body: JSON.stringify(json) }) },
        signal,
      );
      return withOutcome(request, answer.kind === 'ok' ? answerOf(answer.value) : answer);
    },
    close: http.close,
  };
};
