import { Agent, type Dispatcher } from 'undici';
import { failureOfAnswer } from './answer-failures.js';
import { failureOfConnection, givenUp } from './connection-failures.js';
import { type Failure, failed, ok, type Outcome } from './failure.js';
import { addressOf, isWrite, type WebserviceRequest } from './request.js';
import { versionHeader } from './version.js';
import { documentOf, errorsIn, type XmlNode } from './xml.js';

export type ClientOptions = {
  /** Address of the webservice, with its path: `https://shop.example/api/`. */
  readonly base: string;
  /** Whether the key may travel in clear: to a shop beside this service, in a network that nobody else is in. To this machine it may. */
  readonly allowHttp?: boolean;
  /** The 32 characters of the key. */
  readonly key: string;
  /** Whole time of a request, from the connection to the last byte of the answer. */
  readonly requestMillisMax?: number;
  readonly answerBytesMax?: number;
  /** Connections to the shop at once: it has no queue of its own, and every one of them keeps a PHP process busy. */
  readonly connectionsMax?: number;
  /** PEM of the authority that signed the shop's certificate, where it is not a public one. */
  readonly authority?: string;
};

/** A list of 500 rows takes the shop up to 0.1 s, a bulk write of 200 rows 0.2 s: what takes a minute has gone wrong. */
const requestMillisDefault = 60_000;

/** 1,000 rows of an order's details with all their fields come to 3 MB. */
const answerBytesDefault = 16 * 1024 * 1024;

const connectionsDefault = 2;

export type Answer = {
  /** Children of `<prestashop>`. */
  readonly document: XmlNode;
  /** The shop's version, as it names itself. */
  readonly version: string;
};

export type Client = {
  /** Sends one request once. It is never repeated here: who asked knows whether that is safe. */
  readonly send: (request: WebserviceRequest, signal?: AbortSignal) => Promise<Outcome<Answer>>;
  readonly close: () => Promise<void>;
};

type RawAnswer = {
  readonly status: number;
  readonly version: string | undefined;
  readonly location: string | undefined;
  readonly body: string;
};

const tooLarge = (bytesMax: number): Failure => ({
  kind: 'too_large',
  sentence: `The answer is larger than ${bytesMax} bytes: ask for smaller pages.`,
  applied: 'unknown',
});

const headerOf = ({ headers }: Dispatcher.ResponseData, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

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

const answerOf = (raw: RawAnswer): Outcome<Answer> => {
  if (raw.status !== 200 && raw.status !== 201) {
    const errors = errorsIn(raw.body);
    const isOfWebservice = raw.version !== undefined || errors.length > 0;
    return failed(failureOfAnswer({ status: raw.status, location: raw.location, isOfWebservice, errors }));
  }
  const parsed = documentOf(raw.body);
  return parsed.kind === 'failed' ? parsed : ok({ document: parsed.value, version: raw.version ?? '' });
};

/** A request that only asks cannot have been applied. */
const withOutcome = (request: WebserviceRequest, outcome: Outcome<Answer>): Outcome<Answer> =>
  outcome.kind === 'ok' || isWrite(request) ? outcome : failed({ ...outcome.failure, applied: 'no' });

/** Whether an address is of this machine. */
export const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);

const baseOf = ({ base: text, allowHttp = false }: ClientOptions): URL => {
  const base = new URL(text.endsWith('/') ? text : `${text}/`);
  if (base.protocol !== 'https:' && !allowHttp && !isLoopback(base))
    throw new Error(`the key would travel in clear to ${base.origin}`);
  return base;
};

/**
 * A client of one shop's webservice. Everything that can go wrong is a value; it throws for our own mistakes alone, and for
 * an address that is not https where it should be. Redirects are not followed: the key would go with them.
 */
export const webserviceClient = (options: ClientOptions): Client => {
  const base = baseOf(options);
  const { requestMillisMax = requestMillisDefault, answerBytesMax = answerBytesDefault } = options;
  const agent = new Agent({
    connections: options.connectionsMax ?? connectionsDefault,
    // One deadline rules, that of the whole request.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: requestMillisMax, ...(options.authority !== undefined && { ca: options.authority }) },
  });
  const authorization = `Basic ${Buffer.from(`${options.key}:`).toString('base64')}`;

  const ask = async (request: WebserviceRequest, signal: AbortSignal): Promise<Outcome<Answer>> => {
    let hasAnswer = false;
    try {
      const address = addressOf(base, request);
      const response = await agent.request({
        origin: address.origin,
        path: address.pathname + address.search,
        method: request.method,
        headers: { authorization, ...(request.body !== undefined && { 'content-type': 'text/xml; charset=utf-8' }) },
        body: request.body ?? null,
        signal,
      });
      hasAnswer = true;
      const body = await bodyOf(response, answerBytesMax);
      if (body === undefined) return failed(tooLarge(answerBytesMax));
      return answerOf({
        status: response.statusCode,
        version: headerOf(response, versionHeader),
        location: headerOf(response, 'location'),
        body,
      });
    } catch (error) {
      return failed(signal.aborted ? givenUp : failureOfConnection(error, hasAnswer));
    }
  };

  return {
    send: async (request, signal) => {
      const deadline = AbortSignal.timeout(requestMillisMax);
      const ends = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
      return withOutcome(request, await ask(request, ends));
    },
    close: () => agent.close(),
  };
};
