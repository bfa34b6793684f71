import { configured } from '../shop/configuration.js';
import type { Context } from '../shop/context.js';
import { answerOf, errorAnswer, html, type Format } from './answers.js';
import { didYouMean } from './closest.js';
import { authenticate, mayTouch, mayUse, withoutKey, type Keys, type WsKey } from './keys.js';
import { read } from './read.js';
import { resourceNames } from './resources/names.js';
import { resourcesOf } from './resources/index.js';
import { rootOf } from './root.js';
import type { Answer, Resource, WsError, WsRequest } from './types.js';
import { remove, write, type AfterRow } from './write.js';

export type Webservice = {
  readonly context: Context;
  readonly keys: Keys;
  /** The shop's address, which all its links begin with. */
  readonly base: string;
  readonly afterRow: AfterRow;
  readonly beforeRow: () => Promise<void> | undefined;
};

/** The whole answer of the webservice to a request under `/api/`. */
export const handle = async (received: WsRequest, webservice: Webservice): Promise<Answer> => {
  const request = { ...received, method: methodOf(received) };
  const format = formatOf(request);
  const { context, base } = webservice;
  const nobody = withoutKey(request);
  if (nobody !== undefined) return nobody;
  const noShop = shopError(request, context, base);
  if (noShop?.status === 302) return noShop;
  if (configured(context, 'PS_WEBSERVICE') !== '1') return errorAnswer(503, [disabled], { format, release: '0' });
  const key = authenticate(request, webservice.keys, format);
  if ('status' in key) return key;
  if (noShop !== undefined) return noShop;
  return answerResource(request, { webservice, key, format });
};

/** Who may send nothing but POST says the method in a parameter. */
const methodOf = ({ method, query }: WsRequest): string =>
  method === 'POST' ? (query.get('ps_method') ?? method) : method;

const formatOf = ({ query, headers }: WsRequest): Format =>
  [query.get('output_format'), query.get('io_format'), headers['output-format'], headers['io-format']].includes('JSON')
    ? 'json'
    : 'xml';

const disabled: WsError = {
  code: 22,
  message: 'The PrestaShop webservice is disabled. Please activate it in the PrestaShop Back Office',
};

/** A shop that does not exist leads to the front page; 0 is nobody's. */
const shopError = ({ query, path }: WsRequest, context: Context, base: string): Answer | undefined => {
  const shop = query.get('id_shop');
  if (shop === undefined || shop === 'all') return undefined;
  if (Number(shop) === 0) {
    const error = { code: 132, message: 'No permission for this key on this shop' };
    return errorAnswer(403, [error], {
      format: formatOf({ query, headers: {} } as WsRequest),
      release: context.traits.release,
    });
  }
  if (context.tables.shops.get(Number(shop)) !== undefined) return undefined;
  const rest = [...query].filter(([name]) => name !== 'id_shop').map(([name, value]) => `&${name}=${value}`);
  const location = `${base}/?url=${path.join('/')}${rest.join('')}`;
  return { status: 302, headers: { 'content-type': html, location }, body: '' };
};

type Asked = { readonly webservice: Webservice; readonly key: WsKey; readonly format: Format };

const answerResource = async (request: WsRequest, asked: Asked): Promise<Answer> => {
  const { webservice, key, format } = asked;
  const { context, base } = webservice;
  const { traits } = context;
  const resources = resourcesOf(traits);
  const [name] = request.path;
  if (name === undefined) {
    const body = rootOf(resources, key, { shopName: traits.shopName, base, known: traits.methods });
    return answerOf(body, { format: 'xml', traits });
  }
  const resource = resources.find((candidate) => candidate.name === name);
  const refusal = refusalOf(request.method, { name, resource, key, context });
  if (refusal !== undefined) {
    return errorAnswer(refusal.status, [refusal.error], { format, release: traits.release });
  }
  return resource === undefined ? notModelled(name) : answerMethod(resource, request, asked);
};

const answerMethod = async (resource: Resource, request: WsRequest, asked: Asked): Promise<Answer> => {
  const answering = { ...asked.webservice, format: asked.format };
  if (request.method === 'GET' || request.method === 'HEAD') return read(resource, request, answering);
  if (request.method === 'DELETE') {
    return resource.remove === undefined ? notModelled(resource.name) : remove(resource, request, answering);
  }
  return resource.save === undefined ? notModelled(resource.name) : write(resource, request, answering);
};

/** This server's own word: the real shop would have answered. */
const notModelled = (name: string): Answer => ({
  status: 501,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `This server does not model that of "${name}".\n`,
});

type Refusal = { readonly status: number; readonly error: WsError };

const refusalOf = (
  method: string,
  {
    name,
    resource,
    key,
    context,
  }: {
    readonly name: string;
    readonly resource: Resource | undefined;
    readonly key: WsKey;
    readonly context: Context;
  },
): Refusal | undefined => {
  const names = resourceNames(context.traits);
  const refuse = (status: number, code: number, message: string): Refusal => ({ status, error: { code, message } });
  if (!names.includes(name)) {
    return refuse(400, 27, `Resource of type "${name}" does not exists. ${didYouMean(name, names)}`);
  }
  if (!mayTouch(key, name)) {
    return refuse(401, 26, `Resource of type "${name}" is not allowed with this authentication key`);
  }
  if (!context.traits.methods.includes(method)) return refuse(405, 23, `Method ${method} is not valid`);
  if (resource?.forbidden?.some((forbidden) => forbidden === method) === true) {
    return refuse(405, 101, `Method ${method} is not allowed for the resource ${name}`);
  }
  return mayUse(key, name, method)
    ? undefined
    : refuse(405, 25, `Method ${method} is not allowed for the resource ${name} with this authentication key`);
};
