import type { Bench } from '../support/bench.js';
import { decide } from './decide.js';
import { hotSku } from './hot-sku.js';
import { wide } from './wide.js';

export const benches: readonly Bench[] = [hotSku, wide, decide];
