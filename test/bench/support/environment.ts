import { mkdtemp, open, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { redisVersion } from '../contestants/redis.js';
import type { BenchServer } from './server.js';
import { median, rounded } from './statistics.js';

/** What the figures of a run depend on beside the code. */
export type Environment = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** Work of others in the last minute, in cores: above 0.3 the figures are noisy, and ratios count alone. */
  readonly loadBefore: number;
  readonly node: string;
  readonly postgres: string;
  readonly postgresSettings: string;
  readonly redis: string;
  /** Median time of writing 8 kB and flushing them to the disk that the database is on. */
  readonly flushMs: number;
};

export const environmentOf = async ({ version, settings, folder }: BenchServer): Promise<Environment> => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  loadBefore: rounded(loadavg()[0] ?? Number.NaN),
  node: process.version,
  postgres: version,
  postgresSettings: Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' '),
  redis: redisVersion() ?? 'not installed',
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
