import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startKafka, type KafkaCluster } from '../../test/servers/kafka/index.js';

type Shared = { users: number; readonly desk: Promise<Desk> };
type Desk = { readonly url: string; readonly close: () => Promise<void> };

/** Vitest loads this file once for each project that has tests to run; the broker is one for the whole run. */
const holder = globalThis as { stockLedgerTestKafka?: Shared | undefined };

/** Offers the broker of `KAFKA_BROKERS` or one of our own. It starts when a test asks: other runs pay nothing for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (holder.stockLedgerTestKafka ??= { users: 0, desk: openDesk() });
  shared.users += 1;
  project.provide('kafkaUrl', (await shared.desk).url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    holder.stockLedgerTestKafka = undefined;
    await (await shared.desk).close();
  };
}

const openDesk = async (): Promise<Desk> => {
  const given = process.env['KAFKA_BROKERS']?.split(',');
  let cluster: Promise<KafkaCluster> | undefined;
  const brokers = async (): Promise<readonly string[]> => given ?? (await (cluster ??= startKafka())).brokers;
  const server = createServer((_, response) => {
    brokers().then(
      (addresses) => response.end(JSON.stringify(addresses)),
      (error: unknown) => response.writeHead(503).end(String(error)),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      const started = await cluster?.catch(() => undefined);
      await started?.stop();
    },
  };
};
