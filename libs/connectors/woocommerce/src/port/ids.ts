import { type Failure } from '../rest/index.js';

/** An id as the shop writes it in its addresses. */
export const isId = (id: string): boolean => /^[1-9]\d{0,14}$/u.test(id);

/** The shop says that it has no such order. Whatever else is not there, an interface or a route, says nothing of orders. */
export const isGone = ({ code }: Failure): boolean => code === 'woocommerce_rest_shop_order_invalid_id';
