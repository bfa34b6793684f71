import { expect } from 'vitest';
import { handle } from '../rest/handle.js';
import type { RestRequest } from '../rest/types.js';
import type { RestRecord } from './recordings.js';
import { base, type RestWorld } from './rest-world.js';
import { plain, translate, translateText } from './translate.js';

/** Headers that are compared; the others say how long a connection lives. */
const compared = [
  'content-type',
  'link',
  'allow',
  'cache-control',
  'vary',
  'x-wp-total',
  'x-wp-totalpages',
  'location',
];

const keyNames: Readonly<Record<string, string>> = {
  '<read_write key>': 'ck_read_write:cs',
  '<read key>': 'ck_read:cs',
  '<write key>': 'ck_write:cs',
};

/** Some keys are written as others are, or as `<other>`. */
const otherKeys: readonly (readonly [string, string])[] = [
  ['auth.https.wrong-secret', 'ck_read_write:wrong'],
  ['auth.https.unknown-key', 'ck_unknown:cs'],
  ['auth.https.admin-password', 'admin:password'],
  ['auth.customer-key', 'ck_customer:cs'],
];

const authorizationOf = ({ name, request }: RestRecord): string | undefined => {
  const said = request.headers['Authorization']?.replace('Basic ', '');
  if (said === undefined) return undefined;
  const key = otherKeys.find(([start]) => name.startsWith(start))?.[1] ?? keyNames[said] ?? '';
  return `Basic ${Buffer.from(key).toString('base64')}`;
};

/** As it was sent, with this shop's ids. Bodies of more than a hundred rows were cut when they were written down. */
export const requestOf = (record: RestRecord, { ids }: RestWorld): RestRequest => {
  const { method, path, scheme, headers, body } = record.request;
  const url = new URL(translateText(path.replace('<ck>', 'ck_read_write').replace('<cs>', 'cs'), ids, base), base);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const text =
    typeof body === 'string' || body === null
      ? body
      : JSON.stringify(translate(uncut(record.name, body), undefined, ids, base));
  return {
    method,
    path: url.pathname.split('/').slice(4),
    query: new Map(url.searchParams),
    headers: { ...lower, authorization: authorizationOf(record) },
    body: text ?? '',
    isSecure: scheme === 'https',
  };
};

const sizes: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'batch.101': { update: 101 },
  'batch.51+50': { create: 51, update: 50 },
};

const uncut = (name: string, body: unknown): unknown => {
  const wanted = sizes[name];
  if (wanted === undefined) return body;
  const rows = body as Readonly<Record<string, readonly unknown[]>>;
  return Object.fromEntries(Object.entries(wanted).map(([part, size]) => [part, Array(size).fill(rows[part]?.[0])]));
};

const lowered = (headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Sends what was recorded, and compares status, headers and body. */
export const replay = async (record: RestRecord, world: RestWorld): Promise<void> => {
  const answer = await handle(requestOf(record, world), world.rest);
  const name = record.request.path.includes('/webhooks') ? 'webhooks' : '';
  const body = translate(record.response.body, answer.body, world.ids, base, { name, within: '' });
  expect([answer.status, plain(answer.body)]).toEqual([record.response.status, body]);
  const [recorded, ours] = [lowered(record.response.headers), lowered(answer.headers)];
  const shown = compared.map((name) => [name, translateText(recorded.get(name) ?? '', world.ids, base)]);
  expect(compared.map((name) => [name, ours.get(name) ?? ''])).toEqual(shown);
};
