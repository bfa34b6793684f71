import type { ProcessEvent, ProcessRow } from './rows.js';

/** Kept a limited time: the status of an older one is not known any more. */
const processesMax = 100_000;

type Waiting = {
  readonly id: string;
  readonly dueAt: number;
  /** Carries it out; an error where that cannot be done. */
  readonly apply: (at: number) => string | undefined;
};

export type Processes = {
  /** @param apply carries it out once its time has come */
  readonly accept: (entity: string, event: ProcessEvent, apply: (at: number) => string | undefined) => ProcessRow;
  readonly find: (id: string) => ProcessRow | undefined;
  /** Carries out whatever is due, in the order of acceptance. */
  readonly settle: () => void;
  /** Nothing is carried out until it is called again with false. */
  readonly hold: (held: boolean) => void;
  readonly waiting: () => number;
};

/** @param delayMillis from acceptance to carrying out */
export const createProcesses = (now: () => number, delayMillis: () => number): Processes => {
  const rows = new Map<string, ProcessRow>();
  const queue: Waiting[] = [];
  let [count, isHeld] = [0, false];
  const carryOut = ({ id, apply, dueAt }: Waiting, at: number): void => {
    const row = rows.get(id);
    const error = apply(Math.max(dueAt, at));
    if (row !== undefined) rows.set(id, { ...row, status: error === undefined ? 'SUCCESS' : 'FAILURE', error });
  };
  let heldUntil = 0;
  return {
    accept: (entity, event, apply) => {
      const id = String((count += 1));
      const row: ProcessRow = { id, entity, event, status: 'PENDING', error: undefined, acceptedAt: now() };
      rows.set(id, row);
      queue.push({ id, dueAt: row.acceptedAt + delayMillis(), apply });
      for (const oldest of rows.keys()) {
        if (rows.size <= processesMax) break;
        rows.delete(oldest);
      }
      return row;
    },
    find: (id) => rows.get(id),
    settle: () => {
      while (!isHeld && queue[0] !== undefined && queue[0].dueAt <= now()) {
        carryOut(queue[0], heldUntil);
        queue.shift();
      }
    },
    hold: (held) => {
      if (isHeld && !held) heldUntil = now();
      isHeld = held;
    },
    waiting: () => queue.length,
  };
};
