import type { Bench } from '../support/bench.js';
import { atp } from './atp.js';
import { batch } from './batch.js';
import { channel } from './channel.js';
import { coldStart } from './cold-start.js';
import { decide } from './decide.js';
import { eventStoreDb } from './eventstoredb.js';
import { hotSku } from './hot-sku.js';
import { http } from './http.js';
import { kafka } from './kafka.js';
import { latency } from './latency.js';
import { manyChannels } from './many-channels.js';
import { sweep } from './sweep.js';
import { twoInstances } from './two-instances.js';
import { wide } from './wide.js';

export const benches: readonly Bench[] = [
  hotSku,
  wide,
  http,
  batch,
  decide,
  atp,
  coldStart,
  latency,
  sweep,
  kafka,
  eventStoreDb,
  twoInstances,
  channel,
  manyChannels,
];
