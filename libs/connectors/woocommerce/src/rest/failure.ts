import {
  type CommonFailureKind,
  commonMeanings,
  failureOfServer,
  type HttpAnswer,
  type HttpFailure,
  type HttpOutcome,
  jsonOf,
  refusedBefore,
  troublesBy,
} from '#shop-http';

/** What may go wrong with every shop; and WordPress answers, and WooCommerce does not: the plugin is switched off. */
export type FailureKind = CommonFailureKind | 'api_off';

/** `code`: the shop's own, where it gave one. */
export type Failure = HttpFailure<FailureKind> & { readonly code?: string };

export type Outcome<Value> = HttpOutcome<Value, Failure>;

/** The shop says that it has no such order. Whatever else is not there, an interface or a route, says nothing of orders. */
const isGone = ({ code }: Failure): boolean => code === 'woocommerce_rest_shop_order_invalid_id';

const off = { kind: 'misconfigured', code: 'woocommerce_off' } as const;

export const { troubleOf, troubledBy, answerOf, foundOf, batchOf } = troublesBy(
  { ...commonMeanings, api_off: off },
  isGone,
);

/** A refusal as WordPress writes it. */
type Said = { readonly code: string; readonly message: string };

type Reading = { readonly kind: FailureKind; readonly sentence: string };

const saidIn = (body: string): Said | undefined => {
  const json = jsonOf(body);
  if (json.kind === 'failed' || typeof json.value !== 'object' || json.value === null) return undefined;
  const { code, message } = json.value as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? { code, message: typeof message === 'string' ? message : '' } : undefined;
};

type Meant = readonly [kind: FailureKind, advice: string];

const refused: Meant = ['refused', 'The shop refuses the request.'];

/** Without TLS, and without the header, the shop takes nobody for somebody: it speaks of rights where it saw no key. */
const unauthorized = ({ message }: Said): Meant =>
  message.includes('permissions')
    ? ['rights', 'Give the key the permissions Read/Write in WooCommerce.']
    : [
        'key',
        'The shop does not know the key, or its secret is another one, or it may not do this, or the request did not reach the shop over https, or its server keeps the Authorization header from PHP.',
      ];

const missing = ({ code }: Said): Meant => {
  // Of a product that is a variation the code is turned about.
  if (/(?:_invalid_id|_invalid_product_id)$/u.test(code)) return ['not_found', 'The shop has no such thing.'];
  return code === 'rest_no_route'
    ? ['api_off', 'Switch the plugin WooCommerce on in WordPress.']
    : ['blocked', 'A plugin of the shop keeps its interface from us.'];
};

/** By status. None of these is written before it is refused: values are looked at first, and a batch refuses row by row. */
const refusals: ReadonlyMap<number, (said: Said) => Meant> = new Map([
  [400, () => refused],
  [413, () => refused],
  [401, unauthorized],
  [403, () => ['rights', "The key's user must be one that may manage the shop."]],
  [404, missing],
]);

const noInterface: Reading = {
  kind: 'not_json',
  sentence: 'No REST interface answers at this address: check the path, and that permalinks are not plain.',
};

const readingOf = (status: number, said: Said | undefined): Reading | undefined => {
  if (said === undefined) return status === 404 ? noInterface : refusedBefore(status, '/wp-json/');
  const [kind, advice] = refusals.get(status)?.(said) ?? [];
  return kind === undefined ? undefined : { kind, sentence: `${advice} It says: ${said.message} (${said.code}).` };
};

/** What an answer without success means, measured on 10.5.2 where the shop wrote it. */
export const failureOfAnswer = ({ status, header, body }: HttpAnswer): Failure => {
  const said = saidIn(body);
  const reading = readingOf(status, said);
  return {
    ...(reading === undefined
      ? failureOfServer({ status, location: header('location'), retryAfter: header('retry-after') })
      : { ...reading, applied: 'no', status }),
    ...(said !== undefined && { code: said.code }),
  };
};
