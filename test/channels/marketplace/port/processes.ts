import { listOf, textOf } from '../client/fields.js';
import type { PortContext } from './context.js';

/** Of what was accepted; what is not decided yet is left out. */
export type Ended = ReadonlyMap<string, 'done' | 'failed'>;

const restMillisMin = 20;
const restMillisMax = 500;

const readStatus = (value: unknown): readonly [string, string] | undefined => {
  const [id, status] = [textOf(value, 'processStatusId'), textOf(value, 'status')];
  return id === undefined || status === undefined ? undefined : [id, status];
};

const statusesOf = async (
  { client }: PortContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const body = { processStatusQueries: ids.map((processStatusId) => ({ processStatusId })) };
  const answer = await client.send({ method: 'POST', path: '/shared/process-status', body }, signal);
  return new Map(answer.kind === 'ok' ? listOf(answer.value, 'processStatuses', readStatus) : []);
};

/** Asks until all have ended, or it has taken too long. Trouble with the question is no trouble with what was accepted. */
export const awaitProcesses = async (
  context: PortContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Ended> => {
  const ended = new Map<string, 'done' | 'failed'>();
  const giveUpAt = context.now() + context.applyMillisMax;
  for (let rest = restMillisMin; ; rest = Math.min(rest * 2, restMillisMax)) {
    const open = ids.filter((id) => !ended.has(id));
    if (open.length === 0) return ended;
    for (const [id, status] of await statusesOf(context, open, signal)) {
      if (status === 'SUCCESS') ended.set(id, 'done');
      else if (status !== 'PENDING') ended.set(id, 'failed');
    }
    const isOver = ended.size === ids.length || context.now() + rest > giveUpAt || signal.aborted;
    if (isOver) return ended;
    await context.sleep(rest, signal);
  }
};
