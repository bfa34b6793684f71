import { RestError } from './errors.js';
import type { RestRequest } from './types.js';

export type RestKey = {
  readonly secret: string;
  readonly rights: 'read' | 'write' | 'read_write';
  /** Of its user: a customer may use the API and nothing in it. */
  readonly mayManage: boolean;
};

const failed = (message: string): RestError => new RestError('woocommerce_rest_authentication_error', message, 401);

/** Whether the request's key is one, and may do what it asks. @throws RestError in the shop's words */
export const authenticate = (request: RestRequest, keys: ReadonlyMap<string, RestKey>): void => {
  const [name, secret] = request.isSecure ? credentialsOf(request) : [];
  const key = name === undefined ? undefined : keys.get(name);
  if (key === undefined) throw forbidden(request, 401);
  if (key.secret !== secret) throw failed('Consumer secret is invalid.');
  const needed = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write';
  if (key.rights !== 'read_write' && key.rights !== needed) {
    throw failed(`The API key provided does not have ${needed} permissions.`);
  }
  if (!key.mayManage) throw forbidden(request, 403);
};

const credentialsOf = ({ headers, query }: RestRequest): readonly (string | undefined)[] => {
  const [scheme, encoded = ''] = (headers['authorization'] ?? '').split(' ');
  if (scheme !== 'Basic') return [query.get('consumer_key'), query.get('consumer_secret')];
  const text = Buffer.from(encoded, 'base64').toString();
  return [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
};

/** The answer to who is nobody (401) and to who has no rights in the shop (403). */
const forbidden = ({ method, path, namespace }: RestRequest, status: number): RestError => {
  if (namespace === 'wc-stockledger/v1')
    return new RestError('rest_forbidden', 'Sorry, you are not allowed to do that.', status);
  const refuse = (verb: string, message: string): RestError =>
    new RestError(`woocommerce_rest_cannot_${verb}`, message, status);
  if (path.at(-1) === 'batch') return refuse('batch', 'Sorry, you are not allowed to batch manipulate this resource.');
  const isOne = path.length % 2 === 0;
  if (method === 'GET') return refuse('view', `Sorry, you cannot ${isOne ? 'view this resource' : 'list resources'}.`);
  if (method === 'DELETE') return refuse('delete', 'Sorry, you are not allowed to delete this resource.');
  return isOne
    ? refuse('edit', 'Sorry, you are not allowed to edit this resource.')
    : refuse('create', 'Sorry, you are not allowed to create resources.');
};
