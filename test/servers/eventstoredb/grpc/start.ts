import type { EventLog } from '../log/event-log.js';
import type { streams } from './messages.js';

/** The index of the record that a read of the log begins with, or that the position is none where a record begins. */
export const startIn = (options: streams.ReadReq.Options, log: EventLog): number | 'broken' => {
  const from = options.getAll();
  if (from === undefined || from.hasStart()) return 0;
  const position = from.getPosition();
  if (position === undefined) return log.records.length;
  const commit = BigInt(position.getCommitPosition());
  if (commit === 0n) return 0;
  const index = log.indexOf(commit);
  const isStart = log.records[index]?.position === commit && BigInt(position.getPreparePosition()) === commit;
  return isStart ? index : 'broken';
};
