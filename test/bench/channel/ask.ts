type Service = { readonly url: string; readonly token: string };

/** Asks the service; the answer's body. @throws Error when it was no success */
export const ask = async ({ url, token }: Service, method: string, path: string, body?: object): Promise<unknown> => {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const headers = { authorization: `Bearer ${token}`, ...json };
  const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
};
