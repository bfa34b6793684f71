import fc from 'fast-check';
import type { RecordedEvent } from '#event-sourcing';
import { logBuilder, recordedAtOf } from './log-builder.js';
import { define, ownTerms, setRecipe } from './log-policies.js';
import { bundle, channels, emit, locations, skus, stepArbitrary, type Step, type World } from './log-steps.js';
import { commit, extend, fact, issue, release, reserve } from './log-stock.js';

/* Logs that keep the ledger's own rules (holds and lines give back what they took), whatever the steps. */

export const logArbitrary: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .array(stepArbitrary, { minLength: 1, maxLength: 120 })
  .map((steps) => logOf(steps));

export const logOf = (steps: readonly Step[]): readonly RecordedEvent[] => {
  const world: World = { log: logBuilder(), holds: new Map(), lines: new Map() };
  for (const location of locations)
    world.log.add(`policy-location-${location}`, {
      type: 'LocationDefined',
      occurredAt: recordedAtOf(0),
      data: { location, author: 'erp', authors: {} },
    });
  channels.forEach((channel, index) => define(world, channel, locations.slice(0, index + 1)));
  for (const step of steps) play(world, step);
  return world.log.events;
};

const play = (world: World, step: Step): void => {
  const sku = skus[step.sku] ?? '';
  const channel = channels[step.channel] ?? '';
  const location = locations[step.location] ?? '';
  const at = { world, step, sku, channel, location };
  switch (step.kind) {
    case 'receive':
      return fact(at, 'StockReceived', 'receipt', 'supplier', 'sellable');
    case 'adjust':
      return step.flag
        ? fact(at, 'StockAdjusted', 'adjustment', 'adjustment', 'sellable')
        : fact(at, 'StockAdjusted', 'adjustment', 'sellable', 'adjustment');
    case 'damage':
      return fact(at, 'StockMovedBetweenBuckets', 'bucket_change', 'sellable', 'damaged');
    case 'fence':
      return fact(at, 'StockMovedBetweenBuckets', 'bucket_change', 'sellable', `fenced:${channel}`);
    case 'reserve':
      return reserve(at);
    case 'release':
    case 'undo':
      return release(at);
    case 'extend':
      return extend(at);
    case 'commit':
      return commit(at);
    case 'issue':
      return issue(at);
    case 'note':
      emit(at, { type: 'RequestNoted', data: { parts: [], request: 'release', channel } }, `note-${step.ref}`);
      return;
    case 'list':
      world.log.add(`listing-${channel}-p${step.ref}`, {
        type: 'ListingMapped',
        occurredAt: recordedAtOf(0),
        data: {
          channel,
          ids: { product: `p${step.ref}`, ...(step.flag && { variant: 'red' }) },
          sku: step.ref === 3 ? bundle : sku,
          unitsPerSale: step.quantity,
        },
      });
      return;
    case 'channel':
      return define(world, channel, step.flag ? [location] : [...locations].reverse());
    case 'own_terms':
      return ownTerms(at);
    case 'order':
      world.log.add(`order-${channel}-${step.ref}`, {
        type: 'OrderLinesResolved',
        occurredAt: recordedAtOf(0),
        data: { channel, orderKey: `${step.ref}`, lines: [], unmapped: [] },
      });
      return;
    case 'bundle':
      return setRecipe(world, step);
    default:
      return step.kind satisfies never;
  }
};
