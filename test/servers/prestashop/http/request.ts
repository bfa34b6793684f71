import type { Query, WsRequest } from '../webservice/types.js';

/** A query as PHP reads it: names like `filter[id]` as they stand, plus signs as spaces. */
export const parseQuery = (search: string): Query => {
  const pairs = search.split('&').filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return [decode(name), decode(value)];
    }),
  );
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** Bytes of a request as far as they say what is asked. */
export type RawRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

/** Undefined for what is not under `/api`. */
export const apiRequest = (id: number, { method, target, headers, body }: RawRequest): WsRequest | undefined => {
  const [path = '', search = ''] = split(target, '?');
  const [first, ...rest] = path.split('/').filter((part) => part !== '');
  if (first !== 'api') return undefined;
  return { id, method, path: rest.map(decode), query: parseQuery(search), headers, body };
};

const split = (text: string, by: string): readonly string[] => {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};
