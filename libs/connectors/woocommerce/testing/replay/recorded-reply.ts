import { readFileSync } from 'node:fs';
import { type CannedAnswer } from '../../../../shop-http/testing/replay-server.js';

type Recorded = {
  readonly name: string;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
};

const file = new URL('../../../../../test/data/woocommerce/rest.json', import.meta.url);

const { records } = JSON.parse(readFileSync(file, 'utf8')) as { readonly records: readonly Recorded[] };

const replyOf = ({ response: { status, headers, body } }: Recorded): CannedAnswer => {
  const { 'Content-Type': type = 'application/json', 'Retry-After': retryAfter } = headers;
  return {
    status,
    headers: { 'content-type': type, ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
};

/** Every answer of `test/data/woocommerce/rest.json` without success. */
export const refusals: readonly CannedAnswer[] = records.filter(({ response }) => response.status >= 400).map(replyOf);

/** What the real shop answered to the first request of this name, with its status, as a server gives it. */
export const recordedReply = (name: string): CannedAnswer => {
  const found = records.find((record) => record.name === name);
  if (found === undefined) throw new Error(`Nothing was recorded as ${name}`);
  return replyOf(found);
};
