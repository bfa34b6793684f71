import { status } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import type { LogRecord } from '../log/record.js';
import type { EventLog } from '../log/event-log.js';
import type { Node } from '../node/node.js';
import { filterIn, type Filter } from './filter.js';
import type { streams } from './messages.js';
import { createOutlet, type Outlet, type ReadCall } from './outlet.js';
import { thrownByHandler } from './refusals.js';
import { caughtUp, checkpoint, confirmation, eventResponse } from './responses.js';
import { startIn } from './start.js';

/** Everything after a position, then everything as it comes, until the caller has gone. */
export const subscribe = async ({ log }: Node, call: ReadCall, options: streams.ReadReq.Options): Promise<void> => {
  if (!options.hasAll()) return void call.emit('error', onlyAll);
  const start = startIn(options, log);
  if (start === 'broken') return void call.emit('error', thrownByHandler());
  // Resuming at an event's position is exclusive: that event has been seen.
  let next = options.getAll()?.hasPosition() ? start + 1 : start;
  const filter = filterIn(options);
  const outlet = createOutlet(call);
  await outlet.give(confirmation(randomUUID()));
  for (const pages = createPages(filter); next < log.records.length;) {
    const page = log.records.slice(next, next + pages.length);
    if (!(await giveAll(outlet, page, filter))) return;
    next += page.length;
    if (pages.isCheckpointDue() && !(await giveCheckpoint(outlet, page.at(-1)))) return;
  }
  if (await outlet.give(caughtUp())) await goLive(outlet, log, next, filter);
};

const onlyAll = { code: status.UNIMPLEMENTED, details: 'This server knows subscriptions to $all only.' };

/** Without a filter there are no checkpoints, and a page is as long as it pleases. */
const unfilteredPage = 500;

const createPages = (filter: Filter | undefined) => {
  let windows = 0;
  return {
    length: filter?.searchWindow ?? unfilteredPage,
    isCheckpointDue: () => filter !== undefined && ++windows % filter.checkpointInterval === 0,
  };
};

/** As it comes. Each record that does not pass counts as a whole window: so it was measured. */
const goLive = async (outlet: Outlet, log: EventLog, from: number, filter: Filter | undefined): Promise<void> => {
  const bell = createBell(outlet, log);
  let foreign = 0;
  for (let next = from; outlet.isOpen();) {
    const record = log.records[next];
    if (record === undefined) {
      await bell.rings();
      continue;
    }
    next += 1;
    if (filter === undefined || filter.passes(record)) await outlet.give(eventResponse(record));
    else if (++foreign % filter.checkpointInterval === 0) await giveCheckpoint(outlet, record);
  }
  bell.silence();
};

const giveAll = async (outlet: Outlet, page: readonly LogRecord[], filter: Filter | undefined): Promise<boolean> => {
  for (const record of page) {
    if (filter !== undefined && !filter.passes(record)) continue;
    if (!(await outlet.give(eventResponse(record)))) return false;
  }
  return outlet.isOpen();
};

const giveCheckpoint = async (outlet: Outlet, last: LogRecord | undefined): Promise<boolean> =>
  last === undefined ? outlet.isOpen() : outlet.give(checkpoint(last.position));

/** Rings when the log grows and when the caller goes. */
const createBell = (outlet: Outlet, log: EventLog) => {
  let wake = (): void => undefined;
  const ring = (): void => wake();
  const unsubscribe = log.onGrowth(ring);
  outlet.onGone(ring);
  return { rings: () => new Promise<void>((resolve) => (wake = resolve)), silence: unsubscribe };
};
