import {
  type CommonFailureKind,
  commonMeanings,
  failureBy,
  type HttpFailure,
  type HttpOutcome,
  type Meant,
  type Said,
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

const refused: Meant<FailureKind> = ['refused', 'The shop refuses the request.'];

/** Without TLS, and without the header, the shop takes nobody for somebody: it speaks of rights where it saw no key. */
const unauthorized = ({ message }: Said): Meant<FailureKind> =>
  message.includes('permissions')
    ? ['rights', 'Give the key the permissions Read/Write in WooCommerce.']
    : [
        'key',
        'The shop does not know the key, or its secret is another one, or it may not do this, or the request did not reach the shop over https, or its server keeps the Authorization header from PHP.',
      ];

const missing = ({ code }: Said): Meant<FailureKind> => {
  // Of a product that is a variation the code is turned about.
  if (/(?:_invalid_id|_invalid_product_id)$/u.test(code)) return ['not_found', 'The shop has no such thing.'];
  return code === 'rest_no_route'
    ? ['api_off', 'Switch the plugin WooCommerce on in WordPress.']
    : ['blocked', 'A plugin of the shop keeps its interface from us.'];
};

/**
 * What an answer without success means, measured on 10.5.2 where the shop wrote it. Values are looked at before they are sent, and
 * a batch refuses row by row: what is refused whole was not written.
 */
export const failureOfAnswer = failureBy<FailureKind>({
  path: '/wp-json/',
  noInterface: 'No REST interface answers at this address: check the path, and that permalinks are not plain.',
  meant: new Map([
    [400, () => refused],
    [413, () => refused],
    [401, unauthorized],
    [403, () => ['rights', "The key's user must be one that may manage the shop."]],
    [404, missing],
  ]),
});
