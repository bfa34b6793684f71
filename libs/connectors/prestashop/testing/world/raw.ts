/** What a test asks of a shop's webservice behind the connector's back: another program with the same key. */
export type Raw = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: string) => Promise<string>;

const answerMillisMax = 30_000;

/** @param base address of the webservice, with a slash at its end */
export const rawWebservice = (base: string, key: string): Raw => {
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { authorization },
      redirect: 'error',
      signal: AbortSignal.timeout(answerMillisMax),
      ...(body !== undefined && { body: `<?xml version="1.0"?><prestashop>${body}</prestashop>` }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${text.slice(0, 300)}`);
    return text;
  };
};

/** The text of the first element of this name. */
export const textIn = (xml: string, name: string): string => {
  const found = new RegExp(`<${name}(?: [^>]*)?>(?:<!\\[CDATA\\[)?([^<\\]]*)`, 'u').exec(xml)?.[1];
  if (found === undefined) throw new Error(`no ${name} in ${xml.slice(0, 300)}`);
  return found;
};
