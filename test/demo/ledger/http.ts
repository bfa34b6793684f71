/** The ledger, as others ask it. */
export type Service = { readonly url: string; readonly key: string };

export type HttpAnswer = { readonly status: number; readonly body: unknown };

const send = async (
  { url, key }: Service,
  method: string,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<HttpAnswer> => {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { authorization: `Bearer ${key}`, ...json };
  const response = await fetch(url + path, {
    method,
    headers,
    signal,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
};

const answerMillisMax = 30_000;

export const putTo = (
  service: Service,
  path: string,
  body: unknown,
  signal = AbortSignal.timeout(answerMillisMax),
): Promise<HttpAnswer> => send(service, 'PUT', path, body, signal);

/** @throws Error for anything but success: the ledger was not set up */
export const must = async (service: Service, method: string, path: string, body?: unknown): Promise<unknown> => {
  const answer = await send(service, method, path, body, AbortSignal.timeout(answerMillisMax));
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
