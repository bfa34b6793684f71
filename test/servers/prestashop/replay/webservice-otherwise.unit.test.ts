import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backup } from '../shop/tables.js';
import type { PrestashopServer } from '../start.js';
import { recordedVersions, webserviceRecords, type WebserviceRecord } from './recordings.js';
import { shuffled } from './shuffle.js';
import { isTranslatable, otherShop, translate, translateShop } from './translate.js';
import { addressOf, doByHand, expected, replay, startRecordedShop } from './webservice.js';

const seed = 20_261_120;

/** Of what has no body, the hash is that of an answer that was not recorded in this shape. */
const withoutHash = (answer: object): object => {
  const { headers, ...rest } = answer as { readonly headers?: Readonly<Record<string, string>> };
  if (headers === undefined) return rest;
  const { 'content-sha1': _, ...kept } = headers;
  return { ...rest, headers: kept };
};

const comparable = (record: WebserviceRecord, answer: object): object =>
  record.response?.body === '' ? withoutHash(answer) : answer;

describe.each(recordedVersions)('the webservice of %s, each request on its own', (version) => {
  const servers: { asRecorded?: PrestashopServer; other?: PrestashopServer } = {};

  beforeAll(async () => {
    servers.asRecorded = await startRecordedShop(version);
    servers.other = await startRecordedShop(version);
    translateShop(servers.other.shop, otherShop);
  });

  afterAll(async () => {
    await servers.asRecorded?.stop();
    await servers.other?.stop();
  });

  /** In order once, so that the state before each record is known; then again, from those states, in another order. */
  const playTwice = async (
    server: PrestashopServer,
    records: readonly WebserviceRecord[],
  ): Promise<readonly string[]> => {
    const wrong: string[] = [];
    const compare = async (record: WebserviceRecord, how: string): Promise<void> => {
      const found = comparable(record, await replay(server, record));
      const differs = JSON.stringify(sorted(found)) !== JSON.stringify(sorted(comparable(record, expected(record))));
      if (differs) wrong.push(`${how}: ${record.name}`);
    };
    const states: { readonly record: WebserviceRecord; readonly before: Backup }[] = [];
    for (const record of records) {
      doByHand(server.shop, record, server === servers.other ? otherShop.row : undefined);
      states.push({ record, before: server.shop.backup() });
      await compare(record, 'in order');
    }
    for (const { record, before } of shuffled(states, seed)) {
      server.shop.restore(before);
      await compare(record, 'shuffled');
    }
    return wrong;
  };

  it('answers the same in any order', async () => {
    expect(await playTwice(servers.asRecorded!, webserviceRecords(version))).toEqual([]);
  });

  it('answers alike with other ids, quantities and opening stock', async () => {
    const records = webserviceRecords(version).filter(isTranslatable);
    const translated = withHashAsked(records.map((record) => translate(record, otherShop, addressOf(version))));
    expect(translated.length).toBeGreaterThan(130);
    expect(await playTwice(servers.other!, translated)).toEqual([]);
  });
});

/** A conditional request asks with the hash of the answer before it. */
const withHashAsked = (records: readonly WebserviceRecord[]): readonly WebserviceRecord[] => {
  const hash = records.find(({ name }) => name === 'conditional: first')?.response?.headers['content-sha1'] ?? '';
  return records.map((record) =>
    record.name === 'conditional: Local-Content-Sha1' && record.request !== undefined
      ? {
          ...record,
          request: { ...record.request, headers: { ...record.request.headers, 'Local-Content-Sha1': hash } },
        }
      : record,
  );
};

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;
