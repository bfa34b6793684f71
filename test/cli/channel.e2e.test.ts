import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type LedgerServer } from '../e2e/harness.js';
import { repository } from '../docs/markdown.js';
import { startPrestashop, type PrestashopServer } from '../servers/prestashop/index.js';

let server: LedgerServer;
let shop: PrestashopServer;
let folder: string;
const webhookSecret = 'whsec of the module';
beforeAll(async () => {
  shop = await startPrestashop({ version: '8.2', seed: 'demo' });
  server = await startServer({ env: { CHANNEL_SECRETS_KEY: randomBytes(32).toString('base64') } });
  folder = await mkdtemp(join(tmpdir(), 'stock-ledger-channel-'));
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await server.ok('POST', '/v1/channels', { channel: 'web', connection: 'shop', locations: ['wh1'] });
});
afterAll(async () => {
  await server.stop();
  await shop.stop();
  await rm(folder, { recursive: true });
});

type Ended = { readonly code: number | null; readonly lines: readonly string[]; readonly errors: string };

/** As `npm run channel --` starts it, once it is built. */
const channel = async (line: string, input = '', env: Readonly<Record<string, string>> = {}): Promise<Ended> => {
  const main = join(repository, 'dist/apps/cli/src/channel/main.js');
  const child = spawn(process.execPath, [main, ...line.split(' ')], {
    env: { LEDGER_URL: server.url, LEDGER_KEY: server.operatorKey, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { code, lines: output.split('\n').slice(0, -1), errors };
};
const lastOf = ({ lines }: Ended): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
const standing = () => server.ok('GET', '/v1/channels/web/connector');
const events = () => server.events();
const stock = async () => ((await server.ok('GET', '/v1/stock?limit=1000')) as { rows: readonly unknown[] }).rows;

/** Rows of the shop, by row. */
const listingsOfShop = async (): Promise<readonly { row: string; references: readonly string[] }[]> => {
  const { rows } = (await server.ok('GET', '/v1/channels/web/connector/listings')) as {
    rows: { row: string; references: string[] }[];
  };
  return rows;
};

describe('npm run channel', () => {
  it('says how it is used, and what it cannot do', async () => {
    expect(await channel('--help')).toMatchObject({ code: 0, errors: '' });
    expect(await channel('canary web')).toMatchObject({ code: 2, lines: [] });
    const unknown = await channel('pause web --yes --reason x');
    expect(unknown).toMatchObject({ code: 1, lines: [] });
    expect(unknown.errors).toContain('unknown_connection');
  });

  it('adds a shop: tried, done, done again; its secrets come by stdin and go nowhere else', async () => {
    const secrets = JSON.stringify({ key: shop.key, webhookSecret });
    const add = `add web --set url=${shop.url} --secrets -`;
    const tried = await channel(`${add} --json`, secrets);
    expect(tried).toMatchObject({ code: 0, errors: '' });
    expect(lastOf(tried)).toMatchObject({ dryRun: true, changed: false });
    expect((await server.call('GET', '/v1/channels/web/connector')).status).toBe(404);
    const added = await channel(`${add} --yes --reason new --json`, secrets);
    expect(lastOf(added)).toMatchObject({ changed: true, connection: { secrets: ['key', 'webhookSecret'] } });
    const again = await channel('add web --yes --reason new --json');
    expect(lastOf(again)).toMatchObject({ changed: false });
    const shown = await channel('show web');
    const all = [tried, added, again, shown, await channel('show'), await channel('history web')];
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    const said = all.flatMap(({ lines, errors }) => [...lines, errors]).join('\n');
    expect(said).toContain('prestashop');
    for (const secret of [shop.key, webhookSecret]) expect(said).not.toContain(secret);
  });

  it('says what comes first where the ledger does not have the channel', async () => {
    const secrets = JSON.stringify({ key: shop.key, webhookSecret });
    const early = await channel(`add early --set url=${shop.url} --secrets - --yes --reason new`, secrets);
    expect(early).toMatchObject({ code: 1, lines: [] });
    for (const said of ['unknown_channel', 'POST /v1/channels', 'POST /v1/locations'])
      expect(early.errors).toContain(said);
  });

  it('says what is wrong with secrets without saying them', async () => {
    for (const input of [`{"key": "${shop.key}`, `{"key": ["${shop.key}"]}`]) {
      const wrong = await channel('add web --secrets - --yes --reason x', input);
      expect(wrong.code).toBe(2);
      expect(wrong.errors).not.toContain(shop.key);
    }
  });

  it('audits, and leaves what it finds to a person', async () => {
    const audited = await channel('audit web --json');
    expect(audited).toMatchObject({ code: 3, errors: '' });
    const { listings, mapped, proposals } = lastOf(audited);
    expect([listings, mapped, proposals]).toEqual([(await listingsOfShop()).length, 0, []]);
  });

  it('imports: tried without effect, then step by step; mapped; and again without effect', async () => {
    const bearers = new Map<string, number>();
    for (const { references } of await listingsOfShop())
      for (const reference of references) bearers.set(reference, (bearers.get(reference) ?? 0) + 1);
    const skus = [...bearers].filter(([, count]) => count === 1).map(([sku]) => sku);
    expect(skus.length).toBeGreaterThan(3);
    const placed = await shop.shop.placeOrder({
      ...{ lines: [{ id_product: 3, id_product_attribute: 0, quantity: 1 }], state: 2 },
    });
    await writeFile(
      join(folder, 'opening.csv'),
      ['sku,location,quantity', ...skus.map((sku) => `${sku},wh1,7`)].join('\n'),
    );
    await writeFile(join(folder, 'orders.txt'), `${placed.id}\n999999\n`);
    const asOf = new Date(Date.now() - 60_000).toISOString();
    const files = `--opening ${join(folder, 'opening.csv')} --as-of ${asOf} --open-orders ${join(folder, 'orders.txt')}`;

    const before = await events();
    expect(await channel(`import web ${files}`)).toMatchObject({ code: 3, errors: '' });
    expect(await events()).toBe(before);
    expect(await standing()).toMatchObject({ connection: { ladder: { rung: 'off' } } });

    const imported = await channel(`import web ${files} --yes --reason onboarding --json`);
    expect(imported).toMatchObject({ code: 3, errors: '' });
    expect(lastOf(imported)['steps']).toMatchObject([
      { says: 'on observe' },
      {},
      { says: 'orders are read' },
      { says: `${skus.length} figures as of ${asOf} stand` },
      { says: '1 open orders stand, 1 are not in the shop' },
      { says: 'on shadow' },
      {},
    ]);
    const taken = await events();

    await server.caughtUp();
    const mapping = await channel('map web --json');
    expect(lastOf(mapping)).toMatchObject({ mapped: 0, audit: { proposals: skus.map(() => ({ unitsPerSale: 1 })) } });
    const mapped = await channel('map web --yes --reason onboarding --json');
    expect(lastOf(mapped)).toMatchObject({ mapped: skus.length, failures: [] });
    await server.caughtUp();
    const again = await channel('map web --yes --reason onboarding --json');
    expect(lastOf(again)).toMatchObject({ mapped: 0, audit: { mapped: skus.length, proposals: [] } });

    const onHand = await stock();
    const repeated = await channel(`import web ${files} --yes --reason onboarding --json`);
    expect(repeated).toMatchObject({ code: 3, errors: '' });
    await server.caughtUp();
    expect(onHand.length).toBeGreaterThanOrEqual(skus.length);
    expect(await stock()).toEqual(onHand);
    expect(taken).toBeGreaterThan(before);
    expect(await standing()).toMatchObject({ connection: { ladder: { rung: 'shadow' } } });
  });

  it('climbs, pauses, resumes; a step that there is not is refused', async () => {
    expect(await channel('live web --yes --reason fast')).toMatchObject({ code: 1 });
    expect((await channel('canary web --percent 10 --yes --reason first')).code).toBe(0);
    expect((await channel('pause web --yes --reason stocktaking')).code).toBe(0);
    expect(await standing()).toMatchObject({ connection: { ladder: { rung: 'paused' }, pausedFrom: 'canary' } });
    const resumed = await channel('resume web --yes --reason done --json');
    expect(lastOf(resumed)).toMatchObject({ connection: { ladder: { rung: 'canary', canary: { percent: 10 } } } });
    await channel('shadow web --yes --reason back');
  });

  it('asks for work and waits for it', async () => {
    const tried = await channel('resync web --json');
    expect(lastOf(tried)).toMatchObject({ dryRun: true, kind: 'preview' });
    expect(lastOf(await channel('resync web --yes --reason asked --json'))).toMatchObject({ state: 'done' });
    expect(lastOf(await channel('reconcile web --yes --reason asked --json'))).toMatchObject({ state: 'done' });
    const since = new Date(Date.now() - 3_600_000).toISOString();
    const rerun = `rerun web --since ${since} --json`;
    expect(lastOf(await channel(`${rerun} --yes --reason asked`))).toMatchObject({ state: 'done' });
    expect(lastOf(await channel(rerun))).toMatchObject({ dryRun: true, counts: { changes: 0 } });
    const reported = await channel('report web --json');
    expect(reported.errors).toBe('');
    expect(lastOf(reported)).toMatchObject({ day: { channel: 'web' } });
  });
});
