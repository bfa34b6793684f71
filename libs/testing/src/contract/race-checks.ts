import assert from 'node:assert/strict';
import { NO_STREAM, verifyChain, type EventStore, type RecordedEvent } from '#event-sourcing';
import { plainDigest } from '../runtime.js';
import { anyEvent, noHead, type Head } from '../sealed-events.js';
import { appendOne, readAll, write, type Check, type Scene } from './scene.js';

const racersMax = 20;
const rounds = 5;

type Racer = { readonly name: string; readonly store: EventStore };
const racersOf = ({ store, peers }: Scene): readonly Racer[] =>
  Array.from({ length: racersMax }, (_, index) => ({
    name: `racer-${index}`,
    store: peers[index % peers.length] ?? store,
  }));

/** Twenty at one gate: for each revision exactly one gets through, and all others are told who. */
export const oneRacerWinsEachRevision: Check = async (scene) => {
  const stream = scene.stream();
  let head: Head = noHead;
  for (let round = 0; round < rounds; round++) {
    const outcomes = await Promise.all(
      racersOf(scene).map(({ name, store }) => appendOne(store, write(stream, [anyEvent('Raced', { name })], head))),
    );
    const winners = outcomes.filter(({ kind }) => kind === 'appended');
    assert.equal(winners.length, 1, `${winners.length} of ${racersMax} appended revision ${round}`);
    const stored = await readAll(scene.store, stream);
    assert.equal(stored.length, round + 1);
    for (const outcome of outcomes) if (outcome.kind === 'conflict') assert.deepEqual(outcome.tail, stored.slice(-1));
    head = stored.at(-1) ?? head;
  }
};

/** Twenty that go on until each has written: nothing is lost, nothing doubled, the chain of hashes holds. */
export const racersAllArriveInOneChain: Check = async (scene) => {
  const stream = scene.stream();
  await Promise.all(racersOf(scene).map((racer) => raceUntilWritten(stream, racer)));
  const stored = await readAll(scene.store, stream);
  const names = stored.map(({ data }) => data['name']).sort();
  assert.deepEqual(
    names,
    racersOf(scene)
      .map(({ name }) => name)
      .sort(),
  );
  const verdict = verifyChain(plainDigest, stored);
  assert.equal(verdict.kind, 'intact', `the chain is ${verdict.kind}`);
};

const raceUntilWritten = async (stream: string, { name, store }: Racer): Promise<void> => {
  let head: { revision: number; hash: string } = noHead;
  for (let attempt = 0; attempt <= racersMax; attempt++) {
    const outcome = await appendOne(store, write(stream, [anyEvent('Raced', { name })], head));
    if (outcome.kind === 'appended') return;
    assert.equal(outcome.tail[0]?.revision, head.revision + 1, 'the tail begins where the writer stood');
    head = outcome.tail.at(-1) as RecordedEvent;
  }
  assert.fail(`${name} lost more often than there are others`);
};

/** Appends of many streams at once from many sides: each stream is complete and in order. */
export const manyStreamsRaceWithoutLoss: Check = async (scene) => {
  const names = Array.from({ length: 30 }, (_, index) => scene.stream(`many${index}`));
  const outcomes = await Promise.all(
    racersOf(scene).map(({ name, store }, index) =>
      store.append(rotated(names, index).map((stream) => write(stream, [anyEvent('Raced', { name })]))),
    ),
  );
  const won = outcomes.flat().filter(({ kind }) => kind === 'appended');
  assert.equal(won.length, names.length, 'each stream was opened exactly once');
  const stored = await scene.store.read(names.map((stream) => ({ stream, from: 0 })));
  assert.deepEqual(
    stored.map((events) => events.map(({ revision }) => revision)),
    names.map(() => [NO_STREAM + 1]),
  );
};

/** Each racer names the streams in another order: whoever locks in that order meets a deadlock. */
const rotated = (names: readonly string[], by: number): readonly string[] => [
  ...names.slice(by),
  ...names.slice(0, by),
];
