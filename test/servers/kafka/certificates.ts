import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** An authority of the test's own, and what it has signed for a server on this machine. */
export type Authority = {
  /** The authority's certificate: a PEM file. */
  readonly certificate: string;
  /** The server's key and certificate in one PEM file. */
  readonly serverKeyStore: string;
  readonly remove: () => Promise<void>;
};

const quick = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];

/** Made by openssl, valid for two days. */
export const authority = async (): Promise<Authority> => {
  const folder = await mkdtemp(join(tmpdir(), 'stock-ledger-certificates-'));
  const at = (name: string): string => join(folder, name);
  const root = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=test authority'];
  await run('openssl', ['req', '-x509', ...quick, ...root]);
  const own = ['-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=127.0.0.1'];
  await run('openssl', ['req', ...quick.slice(0, 3), ...own]);
  await writeFile(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signed = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')];
  await run('openssl', ['x509', '-req', '-in', at('server.csr'), '-out', at('server.pem'), '-days', '2', ...signed]);
  await writeFile(
    at('both.pem'),
    `${await readFile(at('server.key'), 'utf8')}${await readFile(at('server.pem'), 'utf8')}`,
  );
  return {
    certificate: at('ca.pem'),
    serverKeyStore: at('both.pem'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
