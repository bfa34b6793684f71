import type { Adapter } from '../suite.js';
import { eventstoredb } from './eventstoredb.js';
import { kafka } from './kafka.js';
import { memory } from './memory.js';
import { postgres } from './postgres.js';
import { prestashop } from './prestashop.js';
import { woocommerce } from './woocommerce.js';

/** Every adapter that can be asked, by the name that it is asked by. */
export const adapters: Readonly<Record<string, Adapter>> = {
  memory,
  postgres,
  eventstoredb,
  kafka,
  prestashop,
  woocommerce,
};
