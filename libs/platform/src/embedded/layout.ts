/** The files of one data folder, the user they belong to, and the binaries that run on them. */
import { join } from 'node:path';

export type Identity = { readonly uid?: number; readonly gid?: number };
export type Binaries = { readonly postgres: string; readonly initdb: string };
export type Layout = {
  readonly dataDir: string;
  readonly cluster: string;
  readonly unfinished: string;
  readonly password: string;
  readonly run: string;
  readonly log: string;
};
export type Run = { readonly pid: number; readonly startedAt: string };

export const layoutOf = (dataDir: string): Layout => ({
  dataDir,
  cluster: join(dataDir, 'cluster'),
  unfinished: join(dataDir, 'cluster.new'),
  password: join(dataDir, 'password'),
  run: join(dataDir, 'run.json'),
  log: join(dataDir, 'server.log'),
});
