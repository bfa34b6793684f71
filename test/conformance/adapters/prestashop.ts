import { channelChecks } from '#testing';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import { webserviceWorld } from '../../../libs/connectors/prestashop/testing/world/webservice-world.js';
import { countOf, type Adapter, type Env, type NamedCheck, type Skip, type Suite } from '../suite.js';

const answerMillisMax = 60_000;

const nameOf = (check: string): string => `channel: ${check}`;

const whySkipped =
  'it needs a shop whose people and faults the suite commands; the tests ask it of the shop in test/servers';

/**
 * A shop, real or not, asked by its webservice alone. It writes the rows of the named references and nothing else, makes
 * orders of them and cancels these, and writes back at the end what the rows showed at first.
 */
export const prestashop: Adapter = {
  variable: 'PRESTASHOP_URL',
  also: ['PRESTASHOP_KEY', 'PRESTASHOP_SKUS'],
  count: countOf(channelChecks),
  open: async (address, env) => {
    const base = baseOf(address);
    const key = env['PRESTASHOP_KEY'] ?? '';
    const rows = await rowsOf(base, key, skusOf(env));
    return suiteOf(await webserviceWorld(base, key, rows));
  },
};

const suiteOf = (world: Awaited<ReturnType<typeof webserviceWorld>>): Suite => {
  const all = Object.entries(channelChecks);
  const checks = all
    .filter(([, { needsPlayground }]) => !needsPlayground)
    .map(([name, { run }]): NamedCheck => ({ name: nameOf(name), run: () => run(world) }));
  const skipped = all
    .filter(([, { needsPlayground }]) => needsPlayground)
    .map(([name]): Skip => ({ name: nameOf(name), reason: whySkipped }));
  return { checks, skipped, stop: world.stop };
};

/** The webservice of a shop stands in its folder `api`. */
const baseOf = (address: string): string => `${address.replace(/\/+$/u, '').replace(/\/api$/u, '')}/api/`;

const skusOf = (env: Env): readonly string[] =>
  (env['PRESTASHOP_SKUS'] ?? '')
    .split(',')
    .map((sku) => sku.trim())
    .filter((sku) => sku !== '');

/** Rows by their references. @throws where a reference has no listing, or more than one */
const rowsOf = async (base: string, key: string, skus: readonly string[]): Promise<readonly string[]> => {
  const client = webserviceClient({ base, key });
  try {
    const found = await listedBy(createPrestashopPort({ client }), skus);
    return skus.map((sku) => {
      const [row, second] = found.get(sku) ?? [];
      if (row === undefined || second !== undefined) throw new Error(`${sku} is the reference of no one listing`);
      return row;
    });
  } finally {
    await client.close();
  }
};

const listedBy = async (
  port: ReturnType<typeof createPrestashopPort>,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = new Map<string, readonly string[]>();
  for (let after: string | undefined; ;) {
    const page = await port.listings(after, AbortSignal.timeout(answerMillisMax));
    if (page.kind === 'trouble') throw new Error(`${page.trouble.code}: ${page.trouble.detail}`);
    for (const { row, references, unfit } of page.value.items) {
      const sku = references.find((reference) => skus.includes(reference));
      if (sku !== undefined && unfit === undefined) found.set(sku, [...(found.get(sku) ?? []), row]);
    }
    if (page.value.next === undefined) return found;
    after = page.value.next;
  }
};
