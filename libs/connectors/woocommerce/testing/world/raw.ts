/** What a test asks of a shop's REST interface behind the connector's back: another program with the same key. */
export type Raw = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
) => Promise<Readonly<Record<string, unknown>>>;

export type Access = {
  /** Address of the interface, with a slash at its end. */
  readonly base: string;
  readonly key: string;
  readonly secret: string;
};

const answerMillisMax = 30_000;

export const rawRest = ({ base, key, secret }: Access): Raw => {
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      redirect: 'error',
      signal: AbortSignal.timeout(answerMillisMax),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
};
