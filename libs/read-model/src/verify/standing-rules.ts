import { noCounts } from '../balances/counts.js';
import { keyOfParts, partsOfKey } from './ledger-as-told.js';
import type { Told } from './ledger-as-told.js';

/** Reserved is what open holds took, committed what open lines have: per place, from the events alone. */
export const standingRules = (told: Told): readonly string[] => {
  const broken: string[] = [];
  const reserved = new Map<string, number>();
  const pledged = new Map<string, number>();
  for (const [key, { parts, quantity, incoming = [] }] of told.holds) {
    const [sku = ''] = partsOfKey(key);
    for (const part of parts) add(reserved, keyOfParts(sku, part.location), part.quantity);
    for (const { incomingLine, quantity: units } of incoming) add(pledged, keyOfParts(sku, incomingLine), units);
    if ([...parts, ...incoming].reduce((sum, part) => sum + part.quantity, 0) !== quantity)
      broken.push(`${sku}: a hold of ${quantity} has other parts`);
  }
  const committed = new Map<string, number>();
  for (const [key, line] of told.lines) {
    const [sku = ''] = partsOfKey(key);
    for (const part of line.committed) add(committed, keyOfParts(sku, part.location), part.quantity);
    for (const { incomingLine, quantity } of line.backordered ?? [])
      add(pledged, keyOfParts(sku, incomingLine), quantity);
  }
  const keys = new Set([...told.places.keys(), ...reserved.keys(), ...committed.keys()]);
  const wrong = [...keys].flatMap((key) => {
    const counts = told.places.get(key)?.counts ?? noCounts();
    return [
      ...unless(key, 'reserved', counts.reserved, reserved.get(key) ?? 0, 'open holds'),
      ...unless(key, 'committed', counts.committed, committed.get(key) ?? 0, 'open lines'),
    ];
  });
  return [...broken, ...wrong, ...wrongPledges(told.pledged, pledged)];
};

const wrongPledges = (stands: ReadonlyMap<string, number>, should: ReadonlyMap<string, number>): readonly string[] =>
  [...new Set([...stands.keys(), ...should.keys()])].flatMap((key) =>
    unless(key, 'pledged', stands.get(key) ?? 0, should.get(key) ?? 0, 'promises'),
  );

const add = (sums: Map<string, number>, key: string, quantity: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + quantity);
};

const unless = (key: string, bucket: string, stands: number, should: number, of: string): readonly string[] =>
  stands === should ? [] : [`${partsOfKey(key).join(' at ')}: ${bucket} ${stands}, ${of} ${should}`];
