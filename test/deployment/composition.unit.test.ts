import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { read, repository } from '../docs/markdown.js';
import { servicesOf } from './composition.js';

const composition = read('docker-compose.yml');
const program = join(repository, 'node_modules/.bin/dclint');
type Linted = readonly { readonly messages: readonly { readonly rule: string }[] }[];

/** The rules that a file breaks, errors and warnings alike. */
const complaintsOf = (path: string): readonly string[] => {
  const config = join(repository, '.dclintrc');
  const { stdout } = spawnSync(program, ['--config', config, '--formatter', 'json', path], { encoding: 'utf8' });
  return (JSON.parse(stdout) as Linted).flatMap(({ messages }) => messages.map(({ rule }) => rule));
};

const folder = mkdtempSync(join(tmpdir(), 'composition-'));
afterAll(() => rmSync(folder, { recursive: true }));

const complaintsAbout = (text: string): readonly string[] => {
  const file = join(folder, 'docker-compose.yml');
  writeFileSync(file, text);
  return complaintsOf(file);
};

describe('the composition', () => {
  it('is found faultless by its linter', () =>
    expect(complaintsOf(join(repository, 'docker-compose.yml'))).toEqual([]));

  it.each([
    ['a port on every address', "'127.0.0.1:${LEDGER_PORTS", "'${LEDGER_PORTS", 'no-unbound-port-interfaces'],
    ['a key that there is not', '    init: true', '    inti: true', 'invalid-schema'],
    ['an image of no version', 'image: postgres:18', 'image: postgres', 'service-image-require-explicit-tag'],
    ['keys out of order', '    build: .\n', '    user: node\n    build: .\n', 'service-keys-order'],
  ])('control: %s is found', (_, good, bad, rule) => {
    expect(composition).toContain(good);
    expect(complaintsAbout(composition.replace(good, bad))).toContain(rule);
  });
});

const profiled = (text: string): readonly string[] =>
  [...servicesOf(text)]
    .filter(([, service]) => service.includes('    profiles:\n      - engines\n'))
    .map(([name]) => name);

describe('what starts', () => {
  it('are the ledger and PostgreSQL, and with the profile EventStoreDB and Kafka too', () => {
    expect([...servicesOf(composition).keys()]).toEqual(['eventstoredb', 'kafka', 'postgres', 'stock-ledger']);
    expect(profiled(composition)).toEqual(['eventstoredb', 'kafka']);
  });

  it('has its health checked, the ledger by its image', () => {
    const checked = [...servicesOf(composition)].filter(([, service]) => service.includes('    healthcheck:\n'));
    expect(checked.map(([name]) => name)).toEqual(['eventstoredb', 'kafka', 'postgres']);
    expect(read('Dockerfile')).toContain('\nHEALTHCHECK ');
  });

  it('is pointed at by the settings of the profile', () => {
    expect(read('engines.env')).toMatch(/^COMPOSE_PROFILES=engines$/mu);
    const hosts = [...read('engines.env').matchAll(/^\w+=(?:esdb:\/\/)?([\w-]+):\d+/gmu)].map(([, host]) => host);
    expect(hosts).toEqual(['eventstoredb', 'kafka']);
  });

  it('control: a service whose profile is another one is seen', () => {
    expect(profiled(composition.replace('      - engines\n', '      - others\n'))).toEqual(['kafka']);
  });
});
