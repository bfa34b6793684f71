import type { ChannelPort, RowKey } from '#channel-kit';
import { channelChecks, type ChannelWorld } from '#testing';
import type { Env, NamedCheck, Skip, Suite } from '../suite.js';

const answerMillisMax = 60_000;

const nameOf = (check: string): string => `channel: ${check}`;

const whySkipped =
  'it needs a shop whose people and faults the suite commands; the tests ask it of the shop in test/servers';

type Port<Order> = Pick<ChannelPort<Order>, 'listings'>;

/** What a shop is asked that is not our own; the rest is skipped by name. */
export const shopSuiteOf = <Order>(world: ChannelWorld<Order> & { readonly stop: () => Promise<void> }): Suite => {
  const all = Object.entries(channelChecks);
  const checks = all
    .filter(([, { needsPlayground }]) => !needsPlayground)
    .map(([name, { run }]): NamedCheck => ({ name: nameOf(name), run: () => run(world) }));
  const skipped = all
    .filter(([, { needsPlayground }]) => needsPlayground)
    .map(([name]): Skip => ({ name: nameOf(name), reason: whySkipped }));
  return { checks, skipped, stop: world.stop };
};

/** References between commas. */
export const skusIn = (env: Env, variable: string): readonly string[] =>
  (env[variable] ?? '')
    .split(',')
    .map((sku) => sku.trim())
    .filter((sku) => sku !== '');

/** Rows by their references. @throws where a reference has no listing, or more than one */
export const rowsOf = async <Order>(port: Port<Order>, skus: readonly string[]): Promise<readonly RowKey[]> => {
  const found = await listedBy(port, skus);
  return skus.map((sku) => {
    const [row, second] = found.get(sku) ?? [];
    if (row === undefined || second !== undefined) throw new Error(`${sku} is the reference of no one listing`);
    return row;
  });
};

const listedBy = async <Order>(
  port: Port<Order>,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly RowKey[]>> => {
  const found = new Map<string, readonly RowKey[]>();
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
