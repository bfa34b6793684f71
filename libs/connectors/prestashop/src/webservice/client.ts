import { type ConnectionOptions, type HttpAnswer, httpClient, isWrite, type ShopRequest } from '#shop-http';
import { failureOfAnswer } from './answer-failures.js';
import { failed, ok, type Outcome } from './failure.js';
import { versionHeader } from './version.js';
import { documentOf, errorsIn, type XmlNode } from './xml.js';

/**
 * Bodies are XML. There is no JSON here: of a bulk write it shows the last row alone, and it drops zeros. `PATCH` exists from
 * 8 on.
 */
export type WebserviceRequest = ShopRequest;

export type ClientOptions = ConnectionOptions & {
  /** The 32 characters of the key. */
  readonly key: string;
};

export type Answer = {
  /** Children of `<prestashop>`. */
  readonly document: XmlNode;
  /** The shop's version, as it names itself. */
  readonly version: string;
};

export type Client = Pick<ReturnType<typeof httpClient>, 'busyMillis' | 'close'> & {
  /** Sends one request once. It is never repeated here: who asked knows whether that is safe. */
  readonly send: (request: WebserviceRequest, signal?: AbortSignal) => Promise<Outcome<Answer>>;
};

const answerOf = ({ status, header, body }: HttpAnswer): Outcome<Answer> => {
  const version = header(versionHeader);
  if (status !== 200 && status !== 201) {
    const errors = errorsIn(body);
    const isOfWebservice = version !== undefined || errors.length > 0;
    return failed(failureOfAnswer({ status, location: header('location'), isOfWebservice, errors }));
  }
  const parsed = documentOf(body);
  return parsed.kind === 'failed' ? parsed : ok({ document: parsed.value, version: version ?? '' });
};

/** A request that only asks cannot have been applied. */
const withOutcome = (request: WebserviceRequest, outcome: Outcome<Answer>): Outcome<Answer> =>
  outcome.kind === 'ok' || isWrite(request) ? outcome : failed({ ...outcome.failure, applied: 'no' });

/** A client of one shop's webservice: the one of every shop, which speaks XML. @throws where `httpClient` does */
export const webserviceClient = ({ key, ...options }: ClientOptions): Client => {
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  const http = httpClient({ ...options, authorization, contentType: 'text/xml; charset=utf-8' });
  return {
    ...http,
    send: async (request, signal) => {
      const answer = await http.send(request, signal);
      return withOutcome(request, answer.kind === 'ok' ? answerOf(answer.value) : answer);
    },
  };
};
