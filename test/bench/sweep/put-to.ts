type Service = { readonly url: string; readonly token: string };

/** Puts a body over HTTP; the answer's body. @throws Error when it was no 200 */
export const putTo = async ({ url, token }: Service, path: string, body: object): Promise<unknown> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(url + path, { method: 'PUT', headers, body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
};
