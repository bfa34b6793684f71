import { startBenchService, type BenchService } from '../contestants/service.js';
import { place } from '../service/shop.js';
import type { Bench } from '../support/bench.js';
import { contest, type Contestant } from '../support/contest.js';
import { overHttp } from '../support/http-load.js';

const connectionsEach = 16;
let carts = 0;

/** A reservation of one unit, of a SKU that never runs out. */
const next = () => ({
  path: `/v1/reservations/${place.channel}/cart-${(carts += 1)}`,
  body: JSON.stringify({ lines: [{ sku: place.hotSku, quantity: 1 }] }),
});

type Refused = { count: number };

const through = (services: readonly BenchService[], name: string, refused: Refused): Contestant => {
  const [first] = services;
  const token = first?.token ?? '';
  const connections = (2 * connectionsEach) / services.length;
  const onRefused = (): void => void (refused.count += 1);
  const loads = services.map(({ url }) => overHttp({ url, token, method: 'PUT', connections, next, onRefused }));
  return {
    name,
    run: async (millis, latency) => {
      const perSecond = await Promise.all(loads.map((load) => load(millis, latency)));
      return perSecond.reduce((sum, one) => sum + one, 0);
    },
    settle: async () => {
      await Promise.all(services.map(({ settle }) => settle()));
    },
  };
};

export const twoInstances: Bench = {
  name: 'two-instances',
  about:
    'reservations of one SKU over HTTP, 32 connections: shared by two processes on one database, and at one of them',
  run: async ({ server, scale, scope, say }) => {
    const url = await server.createDatabase('bench_two_instances');
    const services = [await startBenchService(url, scope), await startBenchService(url, scope)];
    const refused = { count: 0 };
    const contestants = [
      through(services, 'two instances', refused),
      through(services.slice(0, 1), 'one instance', refused),
    ];
    const standings = await contest(contestants, scale, say);
    return {
      name: 'two-instances',
      standings,
      expectations: [
        { figure: 'two instances, p99', value: standings[0]?.latencyMs.p99 ?? Number.NaN, unit: 'ms', atMost: 50 },
        { figure: 'answers other than 200', value: refused.count, unit: '', atMost: 0 },
      ],
    };
  },
};
