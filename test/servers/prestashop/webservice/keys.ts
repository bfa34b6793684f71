import { challenge, errorAnswer, html, type Format } from './answers.js';
import type { Answer, Method, WsError, WsRequest } from './types.js';

/** What a key may do: methods by resource; "all" for every resource there is. */
export type WsKey = {
  readonly active: boolean;
  readonly rights: 'all' | Readonly<Record<string, readonly Method[]>>;
};

export type Keys = ReadonlyMap<string, WsKey>;

const keyLength = 32;

/** The key of a request: user of Basic auth, or the parameter `ws_key`. Undefined where it names none at all. */
const keyOf = ({ headers, query }: WsRequest): string | undefined => {
  const [scheme, encoded] = (headers['authorization'] ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined) return query.get('ws_key');
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] ?? '';
};

/** Whether a request names a key, or the dispatcher's plain answer to one that does not. */
export const withoutKey = (request: WsRequest): Answer | undefined =>
  keyOf(request) === undefined
    ? { status: 401, headers: { 'content-type': html, ...challenge }, body: '401 Unauthorized' }
    : undefined;

const noPermission: WsError = { code: 21, message: 'No permission for this authentication key' };

const errorsOf = (name: string, key: WsKey | undefined): readonly WsError[] => {
  if (name === '') return [{ code: 17, message: 'Authentication key is empty' }];
  if (name.length !== keyLength) return [{ code: 18, message: 'Invalid authentication key format' }];
  if (key?.active !== true) {
    return [{ code: 20, message: 'Authentification key is not active' }, noPermission];
  }
  return key.rights !== 'all' && Object.keys(key.rights).length === 0 ? [noPermission] : [];
};

/** The key, or the refusal of it. */
export const authenticate = (request: WsRequest, keys: Keys, format: Format): WsKey | Answer => {
  const name = keyOf(request) ?? '';
  const key = keys.get(name);
  const errors = errorsOf(name, key);
  if (errors.length === 0 && key !== undefined) return key;
  const answer = errorAnswer(401, errors, { format, release: '0' });
  return { ...answer, headers: { ...answer.headers, ...challenge } };
};

export const mayTouch = ({ rights }: WsKey, resource: string): boolean =>
  rights === 'all' || rights[resource] !== undefined;

export const mayUse = ({ rights }: WsKey, resource: string, method: string): boolean =>
  rights === 'all' || (rights[resource] ?? []).some((allowed) => allowed === method);
