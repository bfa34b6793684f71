import { Agent, type Dispatcher } from 'undici';
import { within } from '#deadline';
import { isLoopback } from './address.js';
import { failureOfConnection, givenUp } from './connection-failures.js';
import { failed, type HttpFailure, type HttpOutcome, ok } from './failure.js';
import { addressOf, type ShopRequest } from './request.js';

/** The bounds of a connection to one shop, and who may be trusted in it. */
export type ConnectionOptions = {
  /** Address of the shop's interface, with its path: `https://shop.example/api/`. */
  readonly base: string;
  /** Whether the key may travel in clear: to a shop beside this service, in a network that nobody else is in. To this machine it may. */
  readonly allowHttp?: boolean;
  /** Whole time of a request, from the connection to the last byte of the answer. */
  readonly requestMillisMax?: number;
  readonly answerBytesMax?: number;
  /** Connections to the shop at once: it has no queue of its own, and every one of them keeps a PHP process busy. */
  readonly connectionsMax?: number;
  /** PEM of the authority that signed the shop's certificate, where it is not a public one. */
  readonly authority?: string;
};

export type HttpClientOptions = ConnectionOptions & {
  /** The header of this name. */
  readonly authorization: string;
  /** Of bodies that are sent. */
  readonly contentType: string;
};

/** Whatever the shop answered, read whole. */
export type HttpAnswer = {
  readonly status: number;
  /** By its name in small letters; of several the first. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
};

export type HttpClient = {
  /** Sends one request once. It is never repeated here: who asked knows whether that is safe. */
  readonly send: (request: ShopRequest, signal?: AbortSignal) => Promise<HttpOutcome<HttpAnswer>>;
  /** So long the shop was busy with our requests so far, each from the connection to the last byte of its answer. */
  readonly busyMillis: () => number;
  readonly close: () => Promise<void>;
};

/** A list takes a shop some 0.2 s, its largest write a second or two: what takes a minute has gone wrong. */
const requestMillisDefault = 60_000;

/** The largest pages that connectors ask for come to some 3 MB. */
const answerBytesDefault = 16 * 1024 * 1024;

const connectionsDefault = 2;

const tooLarge = (bytesMax: number): HttpFailure => ({
  kind: 'too_large',
  sentence: `The answer is larger than ${bytesMax} bytes: ask for smaller pages.`,
  applied: 'unknown',
});

/** The whole body, or undefined when it is larger than allowed. */
const bodyOf = async ({ body }: Dispatcher.ResponseData, bytesMax: number): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answerOf = ({ statusCode, headers }: Dispatcher.ResponseData, body: string): HttpAnswer => ({
  status: statusCode,
  header: (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  },
  body,
});

const baseOf = ({ base: text, allowHttp = false }: ConnectionOptions): URL => {
  const base = new URL(text.endsWith('/') ? text : `${text}/`);
  if (base.protocol !== 'https:' && !allowHttp && !isLoopback(base))
    throw new Error(`the key would travel in clear to ${base.origin}`);
  return base;
};

/**
 * A client of one shop. Everything that can go wrong on the way is a value; it throws for our own mistakes alone, and for an
 * address that is not https where it should be. Redirects are not followed: the key would go with them.
 */
export const httpClient = (options: HttpClientOptions): HttpClient => {
  const base = baseOf(options);
  const { authorization, contentType } = options;
  const { requestMillisMax = requestMillisDefault, answerBytesMax = answerBytesDefault } = options;
  const agent = new Agent({
    connections: options.connectionsMax ?? connectionsDefault,
    // One deadline rules, that of the whole request.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: requestMillisMax, ...(options.authority !== undefined && { ca: options.authority }) },
  });

  const ask = async (request: ShopRequest, signal: AbortSignal): Promise<HttpOutcome<HttpAnswer>> => {
    let hasAnswer = false;
    try {
      const address = addressOf(base, request);
      const response = await agent.request({
        origin: address.origin,
        path: address.pathname + address.search,
        method: request.method,
        headers: { authorization, ...(request.body !== undefined && { 'content-type': contentType }) },
        body: request.body ?? null,
        signal,
      });
      hasAnswer = true;
      const body = await bodyOf(response, answerBytesMax);
      return body === undefined ? failed(tooLarge(answerBytesMax)) : ok(answerOf(response, body));
    } catch (error) {
      return failed(signal.aborted ? givenUp : failureOfConnection(error, hasAnswer));
    }
  };

  let busyMillis = 0;
  return {
    send: async (request, signal) => {
      const began = performance.now();
      const answer = await within({ millis: requestMillisMax, signals: [signal] }, (bounded) => ask(request, bounded));
      busyMillis += performance.now() - began;
      return answer;
    },
    busyMillis: () => busyMillis,
    close: () => agent.close(),
  };
};
