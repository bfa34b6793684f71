import { type BenchService, startBenchService } from '../contestants/service.js';
import { place } from '../service/shop.js';
import type { Bench } from '../support/bench.js';
import { contest, type Contestant, ratioOf, type Standing } from '../support/contest.js';
import { type HttpLoad, overHttp } from '../support/http-load.js';
import type { Expectation } from '../support/report.js';

const connections = 64;

type Route = Pick<HttpLoad, 'method' | 'next'> & { readonly name: string };

let requests = 0;

const routes: readonly Route[] = [
  {
    name: 'movements',
    method: 'POST',
    next: () => ({
      path: '/v1/movements',
      body: JSON.stringify({
        ...{ kind: 'receipt', sku: place.hotSku, location: place.location, quantity: 1 },
        sourceKey: `delivery-${(requests += 1)}`,
      }),
    }),
  },
  {
    name: 'reservations',
    method: 'PUT',
    next: () => ({
      path: `/v1/reservations/${place.channel}/cart-${(requests += 1)}`,
      body: JSON.stringify({ lines: [{ sku: place.hotSku, quantity: 1 }] }),
    }),
  },
];

/** The route as it is, and as its twin answers it. */
const pairOf = ({ url, twinUrl, token, settle }: BenchService, { name, ...route }: Route): Contestant[] => [
  { name, run: overHttp({ ...route, token, connections, url }), settle },
  { name: `${name}, constant`, run: overHttp({ ...route, token, connections, url: twinUrl }) },
];

export const http: Bench = {
  name: 'http',
  about: 'one movement, one reservation a request over 64 connections, against the same routes answering a constant',
  run: async ({ server, scale, scope, say }) => {
    const service = await startBenchService(await server.createDatabase('bench_http'), scope);
    const standings = await contest(
      routes.flatMap((route) => pairOf(service, route)),
      scale,
      say,
    );
    return { name: 'http', standings, expectations: routes.flatMap(({ name }) => expectationsOf(name, standings)) };
  },
};

const expectationsOf = (route: string, standings: readonly Standing[]): Expectation[] => {
  const real = standings.find(({ name }) => name === route);
  const constant = standings.find(({ name }) => name === `${route}, constant`);
  if (real === undefined || constant === undefined) throw new Error('A contestant is missing');
  return [
    { figure: `${route} / constant`, value: ratioOf(real, constant), unit: 'x', atLeast: 0.5 },
    { figure: `${route}, p99`, value: real.latencyMs.p99, unit: 'ms', atMost: 10 },
  ];
};
