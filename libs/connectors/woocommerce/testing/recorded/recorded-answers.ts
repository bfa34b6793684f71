import { readFileSync } from 'node:fs';

type RestRecord = { readonly name: string; readonly response: { readonly body: unknown } };

const file = new URL('../../../../../test/data/woocommerce/rest.json', import.meta.url);

const { records } = JSON.parse(readFileSync(file, 'utf8')) as { readonly records: readonly RestRecord[] };

/** What a shop answered to the first request of this name in `test/data/woocommerce/rest.json`. */
export const recordedAnswer = (name: string): unknown => {
  const found = records.find((record) => record.name === name);
  if (found === undefined) throw new Error(`Nothing was recorded as ${name}`);
  return found.response.body;
};
