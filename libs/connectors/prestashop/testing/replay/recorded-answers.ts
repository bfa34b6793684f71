import { readFileSync } from 'node:fs';
import { type RecordedVersion } from '../recorded/recorded-case.js';

export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type RecordedResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type RecordedExchange = {
  readonly name: string;
  readonly request?: RecordedRequest;
  readonly response?: RecordedResponse;
};

const folder = new URL('../../../../../test/data/prestashop/', import.meta.url);

const readExchanges = (version: RecordedVersion): readonly RecordedExchange[] => {
  const text = readFileSync(new URL(`webservice-${version}.json`, folder), 'utf8');
  return (JSON.parse(text) as { readonly records: readonly RecordedExchange[] }).records;
};

/** Requests of `test/data/prestashop/webservice-<version>.json` with the answers of the real shop, by their name there. */
export const recordedExchange = (version: RecordedVersion, name: string): Required<RecordedExchange> => {
  const found = readExchanges(version).find((one) => one.name === name);
  if (found?.request === undefined || found.response === undefined) throw new Error(`no exchange: ${name}`);
  return { name, request: found.request, response: found.response };
};

export const recordedAnswer = (version: RecordedVersion, name: string): RecordedResponse =>
  recordedExchange(version, name).response;
