import { type VersionFamily } from '../effects/index.js';
import { type Client } from './client.js';
import { failed, ok, type Outcome } from './failure.js';
import { familyOf } from './version.js';

export type ShopVersion = { readonly version: string; readonly family: VersionFamily };

/** The shop's version, from the head of an answer to the cheapest question. */
export const readVersion = async (client: Client, signal?: AbortSignal): Promise<Outcome<ShopVersion>> => {
  const query = [
    ['display', '[id]'],
    ['limit', '1'],
  ] as const;
  const answer = await client.send({ method: 'GET', resource: 'stock_availables', query }, signal);
  if (answer.kind === 'failed') return answer;
  const { version } = answer.value;
  const family = familyOf(version);
  if (family !== undefined) return ok({ version, family });
  const sentence = `The shop calls its version '${version}': supported are 1.7, 8 and 9.`;
  return failed({ kind: 'malformed', sentence, applied: 'no' });
};
