import { mkdtemp, open, rm } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { median, rounded } from './statistics.js';

/** What the figures of a run depend on beside the code. */
export type Environment = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly postgres: string;
  /** Median time of writing 8 kB and flushing them to the disk that the database is on. */
  readonly flushMs: number;
};

export const environmentOf = async (postgres: string, folder: string): Promise<Environment> => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  postgres,
  flushMs: await flushMillis(folder),
});

const flushes = 100;
const page = Buffer.alloc(8_192, 1);

const flushMillis = async (folder: string): Promise<number> => {
  const own = await mkdtemp(join(folder, 'flush-'));
  const file = await open(join(own, 'file'), 'w');
  const times: number[] = [];
  try {
    for (let index = 0; index < flushes; index += 1) {
      const startedAt = performance.now();
      await file.write(page, 0, page.length, index * page.length);
      await file.datasync();
      times.push(performance.now() - startedAt);
    }
  } finally {
    await file.close();
    await rm(own, { recursive: true });
  }
  return rounded(median(times));
};
