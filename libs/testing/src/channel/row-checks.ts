import assert from 'node:assert/strict';
import type { RowKey, WriteAnswer } from '#channel-kit';
import {
  assertTrouble,
  changesOf,
  hasConflict,
  patience,
  playgroundOf,
  readRow,
  readSettled,
  rowOf,
  setRow,
  valueOf,
} from './asking.js';
import type { ChannelCheck } from './world.js';

export const listsEveryRowOnce: ChannelCheck = {
  needsPlayground: false,
  run: async ({ port, rows }) => {
    const listed: RowKey[] = [];
    for (let after: string | undefined; ;) {
      const { items, next } = valueOf(await port.listings(after, patience()));
      listed.push(...items.map(({ row }) => row));
      if (next === undefined) break;
      after = next;
    }
    assert.equal(new Set(listed).size, listed.length, 'no row is listed twice');
    for (const row of rows) assert.ok(listed.includes(row), `${row} is listed`);
  },
};

export const readsBackWhatWasWritten: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    for (const quantity of [0, 7, 12]) {
      await setRow(world.port, rowOf(world), quantity);
      assert.equal((await readRow(world.port, rowOf(world))).value, quantity);
    }
  },
};

export const takesItsLargestBatch: ChannelCheck = {
  needsPlayground: false,
  run: async ({ port, rows }) => {
    const changes = await changesOf(port, rows.slice(0, port.capabilities.rowsMax), (at) => at + 1);
    const { written, failed } = valueOf(await port.write(changes, patience()));
    assert.deepEqual([...written].sort(), changes.map(({ row }) => row).sort());
    assert.deepEqual(failed, []);
    const shown = valueOf(
      await port.readBack(
        changes.map(({ row }) => row),
        patience(),
      ),
    );
    assert.deepEqual(
      new Map(shown.map(({ row, quantity }) => [row, quantity])),
      new Map(changes.map(({ row, quantity }) => [row, quantity])),
    );
  },
};

/** In a real shop somebody would buy what it shows. */
export const holdsTheEndsOfItsRange: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const { quantityMin, quantityMax } = world.port.capabilities;
    for (const quantity of [quantityMin, quantityMax]) {
      await setRow(world.port, rowOf(world), quantity);
      assert.equal((await readRow(world.port, rowOf(world))).value, quantity);
    }
    await setRow(world.port, rowOf(world), 10);
  },
};

export const leavesOutRowsThatAreNotThere: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const { port, missingRow } = world;
    const row = rowOf(world);
    const shown = valueOf(await port.readBack([missingRow, row], patience()));
    assert.deepEqual(
      shown.map((reading) => reading.row),
      [row],
    );
    const changes = await changesOf(port, [missingRow, row], () => 5);
    const { written, failed } = valueOf(await port.write(changes, patience()));
    assert.deepEqual([written, failed.map((one) => one.row)], [[row], [missingRow]]);
  },
};

export const aLostAnswerIsAnUnknownOutcome: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const row = rowOf(world);
    await setRow(world.port, row, 4);
    playgroundOf(world).loseAnswer();
    const answer = await world.port.write([{ row, quantity: 9, expected: 4 }], patience());
    assertTrouble(answer, 'unknown_outcome', 'nobody knows whether the write stands');
    assert.equal(await readSettled(world.port, row, 9), 9, 'it stands, as reading back shows');
  },
};

export const neverSaysMoreThanIsCertain: ChannelCheck = {
  needsPlayground: true,
  run: async (world) => {
    const rows = [rowOf(world), rowOf(world, 1)];
    for (const row of rows) await setRow(world.port, row, 4);
    playgroundOf(world).failBehindFirst();
    const changes = rows.map((row) => ({ row, quantity: 9, expected: 4 }));
    const answer = await world.port.write(changes, patience());
    const written = answer.kind === 'answered' ? answer.value.written : [];
    const failed = answer.kind === 'answered' ? answer.value.failed.map(({ row }) => row) : [];
    for (const row of rows) {
      const { value } = await readRow(world.port, row);
      if (written.includes(row)) assert.equal(value, 9, `${row} is said to be written`);
      if (failed.includes(row)) assert.equal(value, 4, `${row} is said not to be written`);
    }
    if (answer.kind === 'trouble') assertTrouble(answer, 'unknown_outcome', 'a part of it stands');
  },
};

/** Where it compares, a write that expects something else changes nothing, and of two that expect the same one is written. */
export const comparesBeforeItSets: ChannelCheck = {
  needsPlayground: false,
  run: async (world) => {
    const { port } = world;
    const row = rowOf(world);
    await setRow(port, row, 20);
    const write = async (quantity: number, expected: number): Promise<WriteAnswer> =>
      valueOf(await port.write([{ row, quantity, expected }], patience()));
    const stale = await write(9, 19);
    if (!port.capabilities.comparesAndSets) {
      assert.deepEqual(stale, { written: [row], failed: [] }, 'it sets without comparing');
      return;
    }
    assert.ok(hasConflict(port, stale, row), 'another figure is a conflict');
    assert.match(stale.failed[0]?.detail ?? '', /\b20\b/u, 'the conflict says what the row shows');
    assert.equal((await readRow(port, row)).value, 20, 'nothing was written');
    const both = await Promise.all([write(7, 20), write(8, 20)]);
    assert.equal(both.filter(({ written }) => written.includes(row)).length, 1, 'one of two is written');
    assert.equal(both.filter((answer) => hasConflict(port, answer, row)).length, 1, 'and the other is a conflict');
    assert.equal((await readRow(port, row)).value, both[0].written.length === 1 ? 7 : 8, 'it is the one that stands');
  },
};
