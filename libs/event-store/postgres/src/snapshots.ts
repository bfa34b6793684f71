import type { JsonValue, Snapshot, SnapshotStore } from '#event-sourcing';
import { byteaArrayFromHex, integerArray, type Pool, prepared, textArray } from '#postgres';
import { unavailableWhenAway } from './failures.js';
import { sql } from './statements.js';

/** Snapshots beside the log. One for each stream: the last one saved. */
export const createPostgresSnapshotStore = (pool: Pool): SnapshotStore => ({
  load: (streams) => unavailableWhenAway(load(pool, streams)),
  save: (snapshots) => unavailableWhenAway(save(pool, snapshots)),
});

type Row = {
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
  readonly fold_version: number;
  readonly state: string;
};

const load = async (pool: Pool, streams: readonly string[]): Promise<readonly (Snapshot | undefined)[]> => {
  const { rows } = await pool.query<Row>(prepared(sql['load-snapshots'], [textArray(streams)]));
  const found = new Map(rows.map((row) => [row.stream, snapshotOf(row)]));
  return streams.map((stream) => found.get(stream));
};

const snapshotOf = ({ stream, revision, hash, fold_version, state }: Row): Snapshot => ({
  stream,
  revision,
  hash,
  foldVersion: fold_version,
  state: JSON.parse(state) as JsonValue,
});

/** In the order of names: two processes that save the same streams lock their rows one after the other. */
const save = async (pool: Pool, snapshots: readonly Snapshot[]): Promise<void> => {
  if (snapshots.length === 0) return;
  const sorted = lastOfEach(snapshots).sort((a, b) => (a.stream < b.stream ? -1 : 1));
  const parameters = [
    textArray(sorted.map(({ stream }) => stream)),
    integerArray(sorted.map(({ revision }) => revision)),
    byteaArrayFromHex(sorted.map(({ hash }) => hash)),
    integerArray(sorted.map(({ foldVersion }) => foldVersion)),
    textArray(sorted.map(({ state }) => JSON.stringify(state))),
  ];
  await pool.query(prepared(sql['save-snapshots'], parameters));
};

const lastOfEach = (snapshots: readonly Snapshot[]): Snapshot[] => [
  ...new Map(snapshots.map((snapshot) => [snapshot.stream, snapshot])).values(),
];
