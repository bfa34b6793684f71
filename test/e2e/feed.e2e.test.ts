import { afterAll, beforeAll, expect, it } from 'vitest';
import { receipt, setUpShop, startServer, type LedgerServer } from './harness.js';

let server: LedgerServer;
beforeAll(async () => {
  server = await startServer();
  await setUpShop(server);
});
afterAll(() => server.stop());

type FeedEvent = {
  readonly id: string;
  readonly data: { readonly sku: string; readonly atp: number; readonly sequence: number };
};

/** Reads from the feed until a change satisfies the wish, then hangs up. Returns everything that was read. */
const readFeed = async (
  query: string,
  until: (event: FeedEvent) => boolean,
  lastEventId?: string,
): Promise<FeedEvent[]> => {
  const hangUp = new AbortController();
  const response = await fetch(`${server.url}/v1/availability/feed${query}`, {
    signal: hangUp.signal,
    headers: {
      authorization: `Bearer ${server.operatorKey}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const read: FeedEvent[] = [];
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    read.push(...blocks.flatMap(eventOf));
    if (read.some(until)) break;
  }
  hangUp.abort();
  return read;
};

const eventOf = (block: string): FeedEvent[] => {
  const [, id = '', data] = /^id: (\d+)\nevent: availability\ndata: (.*)$/u.exec(block) ?? [];
  return data === undefined ? [] : [{ id, data: JSON.parse(data) as FeedEvent['data'] }];
};

it('tells every announced change, and goes on where a reader left off', async () => {
  const first = await readFeed('?after=0&channel=web', ({ data }) => data.sku === 'A' && data.atp === 10);
  const last = first.at(-1)?.id;
  await server.ok('POST', '/v1/movements', receipt({ sourceKey: 'more', quantity: 5 }));
  await server.ok('POST', '/v1/movements', receipt({ sku: 'B', sourceKey: 'B' }));
  const resumed = await readFeed('', ({ data }) => data.sku === 'B', last);
  expect(resumed.some(({ data }) => data.sku === 'A' && data.atp === 15)).toBe(true);
  expect(resumed.every(({ id }) => BigInt(id) > BigInt(last ?? 0))).toBe(true);
  expect(resumed.map(({ data }) => data.sequence)).toEqual(
    resumed.map(({ data }) => data.sequence).toSorted((a, b) => a - b),
  );
});

it('begins with what comes when nobody says where', async () => {
  const reading = readFeed('', ({ data }) => data.sku === 'C');
  // Reported again and again, because the reader may not have begun yet
  let number = 0;
  const reported = setInterval(() => {
    number += 1;
    void server.ok('POST', '/v1/movements', receipt({ sku: 'C', sourceKey: `C${number}`, quantity: 1 }));
  }, 100);
  const read = await reading.finally(() => clearInterval(reported));
  expect(read.every(({ data }) => data.sku === 'C')).toBe(true);
});

it('refuses a Last-Event-ID that is none', async () => {
  const answer = await server.call('GET', '/v1/availability/feed', { headers: { 'last-event-id': 'yesterday' } });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_header', field: 'Last-Event-ID' } });
});

it('ends with the service', async () => {
  const own = await startServer();
  const response = await fetch(`${own.url}/v1/availability/feed`, {
    headers: { authorization: `Bearer ${own.operatorKey}` },
  });
  const text = response.text();
  await own.stop();
  expect(await text).toContain('retry: ');
});
