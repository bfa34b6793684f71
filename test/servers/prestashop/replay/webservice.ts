import type { Shop } from '../shop/shop.js';
import { mainKey, startPrestashop, type PrestashopServer } from '../start.js';
import type { WsKey } from '../webservice/keys.js';
import { webserviceRecords, type RecordedVersion, type WebserviceRecord } from './recordings.js';
import { send, type Received } from './send.js';

/** Where the recorded shops stood: hashes of answers have their addresses in them. */
const addresses: Readonly<Record<RecordedVersion, string>> = {
  '8.2': 'http://127.0.0.1:8082',
  '9.1': 'http://127.0.0.1:8091',
};

const keysOfRecording: Readonly<Record<string, WsKey>> = {
  READONLYREADONLYREADONLYREADONL0: { active: true, rights: { stock_availables: ['GET'] } },
  INACTIVEINACTIVEINACTIVEINACTIV0: { active: false, rights: 'all' },
  NORIGHTSNORIGHTSNORIGHTSNORIGHT0: { active: true, rights: {} },
};

export const addressOf = (version: RecordedVersion): string => addresses[version];

/** The shop as it was installed and as it stood when the recording began. */
export const startRecordedShop = async (version: RecordedVersion): Promise<PrestashopServer> => {
  const installedAt = dateIn(version, 'orders: full');
  const server = await startPrestashop({ version, seed: 'demo', installedAt, address: addresses[version] });
  Object.entries(keysOfRecording).forEach(([name, key]) => server.keys.set(name, key));
  server.shop.clock.stopAt(dateIn(version, 'order history: order 1 to cancelled'));
  return server;
};

const dateIn = (version: RecordedVersion, name: string): Date => {
  const body = webserviceRecords(version).find((record) => record.name === name)?.response?.body ?? '';
  const [, date, time] = /<date_add><!\[CDATA\[(\S+) (\S+)\]\]>/.exec(body) ?? [];
  return new Date(`${date}T${time}Z`);
};

const patchRow = ({ tables }: Shop, id: number, columns: object): void => {
  const row = tables.stock.get(id);
  if (row !== undefined) tables.stock.put({ ...row, ...columns });
};

/** What was done by hand, in the database, before a record of this name. */
const byHand: Readonly<Record<string, (shop: Shop, row: (id: number) => number) => void>> = {
  'webservice disabled': (shop) => shop.configure('PS_WEBSERVICE', '0'),
  'verb: POST': (shop) => shop.configure('PS_WEBSERVICE', '1'),
  'before PUT': (shop, row) => [6, 7].forEach((id) => patchRow(shop, row(id), { location: 'A-1' })),
  'PUT: without a required field (out_of_stock)': (shop, row) =>
    patchRow(shop, row(6), { id_shop: 1, location: 'A-1' }),
  'PATCH: row with depends_on_stock 1': (shop, row) => patchRow(shop, row(7), { depends_on_stock: 1 }),
  'bulk PATCH: two rows, path without id': (shop, row) => patchRow(shop, row(7), { depends_on_stock: 0 }),
};

/** @param row where a row is that the recording knows by its id. */
export const doByHand = (shop: Shop, { name }: WebserviceRecord, row: (id: number) => number = (id) => id): void =>
  byHand[name]?.(shop, row);

/** The headers that the recordings kept. */
const keptHeaders = ['content-type', 'www-authenticate', 'psws-version', 'content-sha1', 'location'];

const ofMainKey = `Basic ${Buffer.from(`${mainKey}:`).toString('base64')}`;

/** What the server makes of a record: the answer or the rows, as the recording has them. */
export const replay = async (server: PrestashopServer, record: WebserviceRecord): Promise<object> => {
  const { request, response, database } = record;
  if (database !== undefined) return rowsLike(server.shop, database);
  if (request === undefined || response === undefined) return {};
  const base = server.shop.traits.release.startsWith('9') ? addresses['9.1'] : addresses['8.2'];
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, value.includes('"KEY:"') ? ofMainKey : value]),
  );
  return received(await send(server.url, { ...request, headers }), base);
};

const received = ({ status, headers, body }: Received, base: string): object => {
  const withBase = (text: string): string => text.replaceAll(base, '{base}');
  const kept = keptHeaders.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, withBase(value)]];
  });
  return { status, headers: Object.fromEntries(kept) as object, body: withBase(body) };
};

const rowsLike = (shop: Shop, database: NonNullable<WebserviceRecord['database']>): object =>
  Object.fromEntries(
    Object.keys(database).map((id) => {
      const { id: _, ...row } = shop.tables.stock.get(Number(id)) ?? { id: 0 };
      return [id, Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))];
    }),
  );

export const expected = ({ response, database }: WebserviceRecord): object => database ?? response ?? {};
