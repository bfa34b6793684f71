import { StoreUnavailableError, type RecordedEvent } from '#event-sourcing';
import { audit, type AuditReport } from './auditor/audit.js';
import { auditRest } from './auditor/rest.js';
import { unmetExpectations } from './expectations/unmet.js';
import { count, emptyNotes, type Notes } from './intents.js';
import {
  changePolicy,
  countStock,
  crashAmidOrder,
  drawFrom,
  releaseCart,
  reportFact,
  sendOrder,
  setCart,
  setQuota,
  skus,
  sweep,
  sweepWith,
  type Scene,
} from './steps.js';
import { channels, createWorld, locations, type Process, type Product } from './world.js';

export type Run = {
  readonly findings: readonly string[];
  readonly notes: Notes;
  readonly log: readonly RecordedEvent[];
};

const setUp = async ({ ledger }: Process): Promise<void> => {
  const by = { connection: 'operator', actor: 'simulation', correlationId: 'setup' };
  for (const location of locations)
    await ledger.setLocation(by, { kind: 'define_location', location, author: 'wms', authors: {} });
  for (const { channel, connection, locations: order, splitCarts, backorder } of channels)
    await ledger.setChannel(by, {
      ...{ kind: 'define_channel', channel, connection, locations: order, reservationTtlMillis: 600_000, splitCarts },
      ...(backorder && { backorder }),
    });
};

const halfADay = 43_200_000;

/** Something goes wrong, or time passes: mostly a little, now and then a night, in which what should have come is overdue. */
const disturb = async (scene: Scene): Promise<void> => {
  const { draw, world, processes } = scene;
  const { faults } = world.store;
  switch (draw.below(10)) {
    case 0:
      return faults.onAppend({ kind: 'stored_but_unknown' });
    case 1:
      return faults.onAppend({ kind: 'lost' });
    case 2:
      return faults.onAppend({ kind: 'stored_late' });
    case 3:
      return faults.onAppend({ kind: 'conflict_without_tail' }, { kind: 'unavailable' });
    case 4:
      return faults.release();
    case 5:
      return faults.failReads(1 + draw.below(2));
    case 6:
      return world.indexSome();
    case 7:
      return world.clock.advance(draw.chance(0.1) ? -3_600_000 : draw.below(400_000));
    case 8:
      return world.clock.advance(halfADay);
    default: {
      const victim = draw.below(processes.length);
      processes[victim]?.kill();
      processes[victim] = await world.start();
    }
  }
};

/** Reading beside a decision fails loudly while the store is away; at the edge that is a 503. */
const step = async (scene: Scene): Promise<void> => {
  try {
    await anyStep(scene);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    count(scene.notes, 'store unavailable');
  }
};

const anyStep = (scene: Scene): Promise<void> => {
  const kind = scene.draw.below(100);
  if (kind < 32) return reportFact(scene);
  if (kind < 60) return sendOrder(scene);
  if (kind < 80) return setCart(scene);
  if (kind < 86) return releaseCart(scene);
  if (kind < 89) return countStock(scene);
  if (kind < 91) return sweep(scene);
  if (kind < 94) return crashAmidOrder(scene);
  if (kind < 97) return changePolicy(scene);
  if (kind < 98) return setQuota(scene);
  return disturb(scene);
};

/** A promise of a killed process never settles: a burst waits for its steps, but no longer than the store turns. */
const settle = async (burst: readonly Promise<void>[]): Promise<void> => {
  const done = Promise.all(burst);
  for (let turns = 0; turns < 400; turns += 1) {
    const isDone = await Promise.race([done.then(() => true), nextTurn().then(() => false)]);
    if (isDone) return;
  }
};
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Everybody alive again, nothing goes wrong any more, every order reaches its SKUs, and what is free whoever waits for it. */
const calmDown = async (scene: Scene): Promise<void> => {
  const { world, processes } = scene;
  world.store.faults.failReads(0);
  for (const process of processes) process.kill();
  world.store.faults.release();
  const last = await world.start();
  for (let turns = 0; turns < 3_000; turns += 1) await nextTurn();
  for (const sku of skus) await sweepWith(scene, last, sku);
  await last.ledger.stop();
};

/** What is wrong with a log, held against what the world did and was told. */
export const findingsIn = (log: readonly RecordedEvent[], notes: Notes): AuditReport => {
  const report = audit(log, channels);
  const atRest = auditRest({ events: log, books: report.books, channels });
  return { ...report, findings: [...report.findings, ...atRest, ...unmetExpectations(log, report, notes)] };
};

/**
 * One life of the ledger from a seed: the same seed, the same life.
 * @param product what is swapped in the product, to see whether it is found
 */
export const simulate = async (seed: number, steps: number, product?: Product): Promise<Run> => {
  const world = createWorld(seed, product);
  const scene: Scene = { world, draw: drawFrom(world.random), notes: emptyNotes(), processes: [], nextId: 0 };
  scene.processes.push(await world.start(), await world.start());
  await setUp(scene.processes[0] as Process);
  for (let done = 0; done < steps;) {
    const burst = 1 + scene.draw.below(8);
    await settle(Array.from({ length: burst }, () => step(scene)));
    done += burst;
  }
  await calmDown(scene);
  const log = await world.events();
  return { findings: findingsIn(log, scene.notes).findings, notes: scene.notes, log };
};
