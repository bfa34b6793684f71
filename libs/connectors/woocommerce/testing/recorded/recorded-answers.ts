import { readFileSync } from 'node:fs';

type RestRecord = { readonly name: string; readonly response: { readonly body: unknown } };

const file = new URL('../../../../../test/data/woocommerce/rest.json', import.meta.url);

const answers = new Map(
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly records: readonly RestRecord[] }).records.map(
    ({ name, response }) => [name, response.body],
  ),
);

/** What a shop answered to the request of this name in `test/data/woocommerce/rest.json`. */
export const recordedAnswer = (name: string): unknown => {
  if (!answers.has(name)) throw new Error(`Nothing was recorded as ${name}`);
  return answers.get(name);
};
