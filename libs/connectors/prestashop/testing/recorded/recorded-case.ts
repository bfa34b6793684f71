import { readFileSync } from 'node:fs';

/** Quantity alone, or [quantity, physical, reserved]; the webservice shows the first one. */
export type RecordedQuantity = number | readonly [number, number, number];

/** An empty array stands for nothing: the recorder wrote PHP arrays. */
export type RecordedRows = Readonly<Record<string, RecordedQuantity>> | readonly [];

/** One case of `test/data/prestashop/effects-<version>.json`. */
export type RecordedCase = {
  readonly name: string;
  readonly given: Readonly<Record<string, unknown>> | readonly [];
  readonly act: string;
  readonly before: RecordedRows | readonly unknown[];
  readonly after: RecordedRows | readonly unknown[];
  readonly notes: unknown;
};

export const recordedVersions = ['8.2.1', '9.1.4'] as const;
export type RecordedVersion = (typeof recordedVersions)[number];

const folder = new URL('../../../../../test/data/prestashop/', import.meta.url);

export const recordedCases = (version: RecordedVersion): readonly RecordedCase[] =>
  JSON.parse(readFileSync(new URL(`effects-${version}.json`, folder), 'utf8')) as RecordedCase[];

/** What was given, by its name in the recording; undefined where the recorder did not write it down. */
export const givenOf = ({ given }: RecordedCase): Readonly<Record<string, unknown>> =>
  Array.isArray(given) ? {} : (given as Readonly<Record<string, unknown>>);
