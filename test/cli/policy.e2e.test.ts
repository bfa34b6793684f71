import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type LedgerServer } from '../e2e/harness.js';
import { repository } from '../docs/markdown.js';

let server: LedgerServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = await mkdtemp(join(tmpdir(), 'stock-ledger-policy-'));
  for (const location of ['wh1', 'wh2']) await server.ok('POST', '/v1/locations', { location, author: 'operator' });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Each test has a channel of its own. */
let test = 0;
let channel: string;
beforeEach(async () => {
  test += 1;
  channel = `web${test}`;
  await server.ok('POST', '/v1/channels', { channel, connection: 'operator', locations: ['wh1'] });
});

type Ended = { readonly code: number | null; readonly lines: readonly string[]; readonly errors: string };

/** As `npm run policy --` starts it, once it is built. */
const policy = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> => {
  const main = join(repository, 'dist/apps/cli/src/policy/main.js');
  const child = spawn(process.execPath, [main, ...args], {
    env: { LEDGER_URL: server.url, LEDGER_KEY: server.operatorKey, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, lines: output.split('\n').slice(0, -1), errors };
};
const lastOf = ({ lines }: Ended): unknown => JSON.parse(lines.at(-1) ?? '');
const shown = () => server.ok('GET', `/v1/channels/${channel}`);

describe('npm run policy', () => {
  it('says how it is used, and what it cannot do', async () => {
    expect(await policy(['--help'])).toMatchObject({ code: 0, errors: '' });
    expect(await policy(['set', 'channel', channel])).toMatchObject({
      code: 2,
      lines: [],
      errors: 'set takes either --file or terms as buffer.units=5\n',
    });
  });

  it('shows a policy, to people and to programs', async () => {
    expect(lastOf(await policy(['show', 'channel', channel, '--json']))).toEqual(await shown());
    const { code, lines } = await policy(['show', 'location', 'wh1']);
    expect([code, JSON.parse(lines.join('\n'))]).toEqual([0, await server.ok('GET', '/v1/locations/wh1')]);
  });

  it('sets terms over what stands, says the difference, and stands in the history with the reason', async () => {
    const set = ['set', 'channel', channel, 'buffer.units=5', 'buffer.effect=hard', 'splitCarts=true'];
    expect(await policy([...set, '--reason', 'campaign'])).toEqual({
      code: 0,
      errors: '',
      lines: [
        'buffer.effect: (none) -> "hard"',
        'buffer.units: (none) -> 5',
        'splitCarts: false -> true',
        `channel ${channel}: changed, now at revision 1`,
      ],
    });
    expect(await shown()).toMatchObject({ buffer: { effect: 'hard', units: 5 }, splitCarts: true, locations: ['wh1'] });
    expect((await policy([...set, '--reason', 'again'])).lines).toEqual([
      `channel ${channel}: nothing to change at revision 1`,
    ]);
    await policy(['set', 'channel', channel, 'buffer=', '--reason', 'over']);
    expect(await shown()).not.toHaveProperty('buffer');
    const told = await policy(['history', 'channel', channel]);
    expect(told.lines.filter((line) => !line.startsWith(' '))).toEqual([
      expect.stringMatching(/^0 {2}\S+ {2}operator \(\w+\)$/u),
      expect.stringMatching(/^1 {2}\S+ {2}operator \(\w+\): campaign$/u),
      expect.stringMatching(/^2 {2}\S+ {2}operator \(\w+\): over$/u),
    ]);
    expect(told.lines.slice(-2)).toEqual(['   buffer.effect: "hard" -> (none)', '   buffer.units: 5 -> (none)']);
    expect(lastOf(await policy(['history', 'channel', channel, '--json']))).toMatchObject({
      rows: [{ type: 'ChannelDefined' }, { data: { reason: 'campaign' } }, { data: { reason: 'over' } }],
    });
  });

  it('changes nothing in a dry run, and says what it would', async () => {
    const before = await shown();
    const dry = await policy(['set', 'channel', channel, 'cap.units=9', '--dry-run', '--json']);
    expect(dry.lines.slice(0, 2)).toEqual([
      'cap.units: (none) -> 9',
      `channel ${channel}: not changed, a dry run at revision 0`,
    ]);
    expect(lastOf(dry)).toEqual({
      ...{ kind: 'channel', code: channel, dryRun: true, changed: false, revision: 0 },
      differences: [{ term: 'cap.units', to: 9 }],
    });
    expect(await shown()).toEqual(before);
  });

  it('sets all terms from a file; one that was made of another revision is refused', async () => {
    const file = join(folder, `${channel}.json`);
    const made = lastOf(await policy(['show', 'channel', channel, '--json'])) as object;
    await writeFile(
      file,
      JSON.stringify({ ...made, cap: { units: 3 }, paymentClasses: { wire: { reviewAfterHours: 9 } } }),
    );
    const fromFile = ['set', 'channel', channel, '--file', file, '--reason', 'from a file'];
    expect((await policy(fromFile)).lines).toEqual([
      'cap.units: (none) -> 3',
      'paymentClasses.wire.reviewAfterHours: (none) -> 9',
      `channel ${channel}: changed, now at revision 1`,
    ]);
    await policy(['set', 'channel', channel, 'cap.units=4', '--reason', 'meanwhile']);
    expect(await policy(fromFile)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^policy_changed: .*\(revision; expected 0, revision 2\)\n$/u) as string,
    });
    expect(await shown()).toMatchObject({ cap: { units: 4 } });
    await writeFile(file, '[]');
    expect(await policy(fromFile)).toMatchObject({ code: 2, errors: `${file} holds no JSON object\n` });
  });

  it('sets what a SKU has of its own, and when units leave a location', async () => {
    const own = ['set', 'sku', 'A/1', `channels.${channel}.cap.units=2`, `channels.${channel}.backorder=never`];
    expect((await policy([...own, '--reason', 'launch'])).lines.at(-1)).toBe('sku A/1: changed, now at revision 0');
    expect(await server.ok('GET', '/v1/skus/A%2F1/policy')).toMatchObject({
      channels: { [channel]: { cap: { units: 2 }, backorder: 'never' } },
    });
    expect((await policy(['history', 'sku', 'never'])).lines).toEqual(['never set']);
    const leaves = ['cutOff=14:00', 'timeZone=Europe/Berlin', 'handlingDays=1'].map((term) => `dispatch.${term}`);
    expect(await policy(['set', 'location', 'wh2', ...leaves, '--reason', 'carrier'])).toMatchObject({ code: 0 });
    expect(await server.ok('GET', '/v1/locations/wh2')).toMatchObject({
      dispatch: { cutOff: '14:00', timeZone: 'Europe/Berlin', handlingDays: 1 },
    });
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'what the ledger refuses',
      ['set', 'channel', '?', 'buffer.units=-1', 'buffer.effect=hard'],
      /^invalid_quantity: .*buffer\.units/u,
    ],
    ['a term that does not exist', ['set', 'channel', '?', 'bufer.units=1'], /^unknown_field: .*bufer/u],
    ['what was never created', ['show', 'channel', 'never'], /^unknown_channel: .*channel "never"/u],
  ])('says %s, and ends with 1', async (_, args, why) => {
    const reason = args[0] === 'set' ? ['--reason', 'test'] : [];
    const ended = await policy([...args.map((arg) => (arg === '?' ? channel : arg)), ...reason]);
    expect(ended.code).toBe(1);
    expect(ended.errors).toMatch(why);
    expect(ended.errors.split('\n')).toHaveLength(2);
  });

  it('says that a key lacks a scope, that nobody answers, and that somebody else does', async () => {
    const key = await server.keyFor('erp', 'stock:read');
    const set = ['set', 'channel', channel, 'cap.units=1', '--reason', 'test'];
    expect((await policy(set, { LEDGER_KEY: key })).errors).toMatch(/^scope_missing: .*policy:write/u);
    expect(await shown()).not.toHaveProperty('cap');
    const other = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const elsewhere = [...set, '--url', `http://127.0.0.1:${port}`];
    expect(await policy(elsewhere)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is it a ledger?') as string,
    });
    other.close();
    await once(other, 'close');
    expect((await policy(elsewhere)).errors).toMatch(/cannot be reached: .*ECONNREFUSED/u);
  });
});
