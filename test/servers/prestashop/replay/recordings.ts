import { readFileSync } from 'node:fs';
import type { Version } from '../versions.js';

/** A recorded request with its answer, or the rows of the database at that moment. */
export type WebserviceRecord = {
  readonly name: string;
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly database?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** Rows as [quantity, physical, reserved], or the quantity alone. */
export type RecordedRows = Readonly<Record<string, readonly number[] | number>>;

export type EffectCase = {
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly act: string;
  readonly before: RecordedRows;
  readonly after: RecordedRows;
  /** In order; nothing where nobody looked. */
  readonly hooks: readonly unknown[];
  readonly notes: unknown;
};

/** What was recorded on real shops: test/data/prestashop. */
export type RecordedVersion = Exclude<Version, '1.7.8'>;

export const recordedVersions: readonly RecordedVersion[] = ['8.2', '9.1'];

const releases: Readonly<Record<RecordedVersion, string>> = { '8.2': '8.2.1', '9.1': '9.1.4' };

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../data/prestashop/${name}.json`, import.meta.url), 'utf8'));

export const webserviceRecords = (version: RecordedVersion): readonly WebserviceRecord[] =>
  (read(`webservice-${releases[version]}`) as { records: WebserviceRecord[] }).records;

export const effectCases = (version: RecordedVersion): readonly EffectCase[] =>
  read(`effects-${releases[version]}`) as EffectCase[];
