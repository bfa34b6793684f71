import type { Traits } from '../../versions.js';
import type { Resource } from '../types.js';
import { carts } from './carts.js';
import { orderDetails } from './order-details.js';
import { orderHistories } from './order-histories.js';
import { orderReturns } from './order-returns.js';
import { orderSlips } from './order-slips.js';
import { configurations, orderStates, shopGroups, shops } from './tables.js';
import { orders } from './orders.js';
import { combinations, products } from './products.js';
import { stockAvailables } from './stock-availables.js';
import { stockMovementsOf } from './stock-movements.js';

const everywhere: readonly Resource[] = [
  carts,
  combinations,
  configurations,
  orderDetails,
  orderHistories,
  orderSlips,
  orderStates,
  orders,
  products,
  shopGroups,
  shops,
  stockAvailables,
];

/** The resources that this server models. */
export const resourcesOf = (traits: Traits): readonly Resource[] => [
  ...everywhere,
  stockMovementsOf(traits),
  ...(traits.hasOrderReturns ? [orderReturns] : []),
];
