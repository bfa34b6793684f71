import { failed, type HttpFailure, type HttpOutcome } from '../failure.js';
import { type HttpAnswer, httpClient, type HttpClientOptions } from '../http-client.js';
import { isWrite, type Method } from '../request.js';
import { jsonOf } from './parse.js';

export type JsonRequest = {
  readonly method: Method;
  /** Below the address of the interface. */
  readonly resource: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
};

export type JsonClient<Failure> = {
  /** Sends one request once, and answers what the shop says. It is never repeated here: who asked knows whether that is safe. */
  readonly send: (request: JsonRequest, signal: AbortSignal) => Promise<HttpOutcome<unknown, Failure>>;
  readonly close: () => Promise<void>;
};

/**
 * A client of a shop that speaks JSON. A request that only asks cannot have been applied.
 *
 * @param failureOf what an answer without success means
 */
export const jsonClient = <Failure extends HttpFailure<string>>(
  options: Omit<HttpClientOptions, 'contentType'>,
  failureOf: (answer: HttpAnswer) => Failure,
): JsonClient<HttpFailure | Failure> => {
  const http = httpClient({ ...options, contentType: 'application/json' });
  const said = (answer: HttpAnswer): HttpOutcome<unknown, HttpFailure | Failure> =>
    answer.status === 200 || answer.status === 201 ? jsonOf(answer.body) : failed(failureOf(answer));
  return {
    send: async (request, signal) => {
      const { method, resource, query = {}, json } = request;
      const body = json !== undefined && { body: JSON.stringify(json) };
      const answer = await http.send({ method, resource, query: Object.entries(query), ...body }, signal);
      const outcome = answer.kind === 'ok' ? said(answer.value) : answer;
      return outcome.kind === 'ok' || isWrite(request) ? outcome : failed({ ...outcome.failure, applied: 'no' });
    },
    close: http.close,
  };
};
