import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordedEvent } from '#event-sourcing';
import { altered, cutFrom, doubled, dropped, resealed, saying, type Forgery } from './auditor/forge.js';
import { findingsIn, simulate, type Run } from './run.js';

/*
 * An auditor that finds nothing proves something only if it would find it. One life, which is right; then its log or its
 * answers are tampered with, one thing at a time, and the auditor must say what is wrong.
 */

const seed = Number(process.env['LEDGER_TEST_SEED'] ?? 1);

type Part = { location: string; from: string; to: string; quantity: number };
type Hold = { quantity: number; parts: { quantity: number }[] };
const partsOf = ({ data }: RecordedEvent) => (data['parts'] ?? []) as unknown as Part[];
const movesUnits = (event: RecordedEvent): boolean => partsOf(event).length > 0;
const ofType =
  (type: string) =>
  (event: RecordedEvent): boolean =>
    event.type === type && movesUnits(event);

const withFirstPart = (event: RecordedEvent, change: (part: Part) => Part): RecordedEvent => {
  const [first, ...rest] = partsOf(event);
  return saying(event, { parts: [change(first as Part), ...rest] });
};
const more = (units: number) => (part: Part) => ({ ...part, quantity: part.quantity + units });

/** So many units more in the hold, in its parts and in what it was decided on: only the supply knows better. */
const holdingMore = (event: RecordedEvent, units: number): RecordedEvent => {
  const held = event.data['held'] as unknown as Hold;
  const [first, ...rest] = held.parts;
  const parts = [{ ...first, quantity: (first?.quantity ?? 0) + units }, ...rest];
  const taller = { ...held, quantity: held.quantity + units, parts };
  return saying(withFirstPart(event, more(units)), { held: taller });
};
const deciding = (event: RecordedEvent, by: number): RecordedEvent => {
  const { atp, ...rest } = event.data['decidedOn'] as { atp: number };
  return saying(event, { decidedOn: { ...rest, atp: atp + by } });
};

const namingPolicy = (event: RecordedEvent, stream: string, revision: number): RecordedEvent => {
  const { atp, policies } = event.data['decidedOn'] as { atp: number; policies: Record<string, number> };
  return saying(event, { decidedOn: { atp, policies: { ...policies, [stream]: revision } } });
};
const isDefinitionOf =
  (location: string) =>
  ({ type, data }: RecordedEvent): boolean =>
    type === 'LocationDefined' && data['location'] === location;

const openingCommitment = (event: RecordedEvent): boolean =>
  event.type === 'CommitmentChanged' && partsOf(event).some(({ to }) => to === 'committed');

const issueOfLine = (event: RecordedEvent): boolean =>
  event.type === 'StockIssued' && movesUnits(event) && event.data['order'] !== undefined;

const forgeries: readonly (readonly [what: string, forge: Forgery, found: RegExp])[] = [
  ['an event dropped', dropped(movesUnits), /\d+ follows \d+/],
  ['an event doubled', doubled(movesUnits), /\d+ follows \d+/],
  ['a posting altered', altered(ofType('StockReceived'), (event) => withFirstPart(event, more(1))), /hash does not/],
  ['a hash altered', altered(movesUnits, (event) => ({ ...event, hash: 'f'.repeat(64) })), /hash does not follow/],
  ['the end of a stream cut off', cutFrom(ofType('StockReceived')), /acknowledged event .* is lost/],
];

type Promised = { incomingLine: string; quantity: number };
const pledgesOf = ({ data }: RecordedEvent) => (data['pledges'] ?? []) as unknown as Promised[];
const promising = (event: RecordedEvent): boolean => pledgesOf(event).some(({ quantity }) => quantity > 0);
const pledgingMore = (event: RecordedEvent, units: number): RecordedEvent =>
  saying(event, { pledges: pledgesOf(event).map((pledge) => ({ ...pledge, quantity: pledge.quantity + units })) });

const promisedLine = (event: RecordedEvent): boolean => event.type === 'CommitmentChanged' && promising(event);
/** So many units more promised to an order line, which wants them, and pledged: only what is to come knows better. */
const promisingMore = (event: RecordedEvent, units: number): RecordedEvent => {
  const line = event.data['line'] as unknown as { promised: number; backordered: Promised[] };
  const backordered = line.backordered.map((promise) => ({ ...promise, quantity: promise.quantity + units }));
  const promised = line.promised + units * backordered.length;
  return saying(pledgingMore(event, units), { line: { ...line, promised, backordered } });
};
const isFilling = ofType('BackorderFilled');
const arriving = (event: RecordedEvent): boolean =>
  event.type === 'StockReceived' && movesUnits(event) && event.data['incomingLine'] !== undefined;
const filledFrom =
  (location: string) =>
  (event: RecordedEvent): RecordedEvent =>
    withFirstPart(event, (part) => ({ ...part, location }));

const forgedWell: readonly (readonly [what: string, forge: Forgery, found: RegExp])[] = [
  ['a fact doubled', doubled(ofType('StockReceived')), /applies version .* again/],
  ['a target applied twice', doubled(openingCommitment), /explained/],
  ['a target dropped', dropped(openingCommitment), /covers|explained|names atp/],
  ['a release dropped', dropped(ofType('ReservationReleased')), /explained|names atp|holds|drives|is over/],
  [
    'more received than was said',
    altered(ofType('StockReceived'), (event) => withFirstPart(event, more(1))),
    /moved \(.*\), said/,
  ],
  [
    'units that go elsewhere than said',
    altered(ofType('StockReceived'), (event) => withFirstPart(event, (part) => ({ ...part, to: 'damaged' }))),
    /moved \(.*\), said/,
  ],
  [
    'a count compared with another figure than that of its moment',
    altered(ofType('StockCounted'), (event) => saying(event, { expected: Number(event.data['expected']) + 1 })),
    /expects -?\d+ at .*, it was/,
  ],
  ['a revision of a count dropped', dropped(ofType('CountRevised')), /counted \d+ at .*, the ledger says/],
  ['an issue of an order line doubled', doubled(issueOfLine), /applies version .* again|moved \(/],
  [
    'no units moved',
    altered(movesUnits, (event) => withFirstPart(event, (part) => ({ ...part, quantity: 0 }))),
    /moves 0/,
  ],
  [
    'committed units that no line explains',
    altered(openingCommitment, (event) => withFirstPart(event, more(1))),
    /committed is \d+, explained/,
  ],
  [
    'a policy named that nobody ever set',
    altered(ofType('StockReserved'), (event) => namingPolicy(event, 'policy-channel-web', 999)),
    /names policy-channel-web@999, which is not in the log/,
  ],
  [
    'a promise from a location that was not open',
    altered(isDefinitionOf('wh2'), (event) => saying(event, { state: 'closed' })),
    /promises from wh\d, which was not open/,
  ],
  [
    'a promise that is not pledged',
    altered(promising, (event) => saying(event, { pledges: [] })),
    /units of incoming-\d+ are pledged, \d+ promised/,
  ],
  [
    'units promised that nobody will bring',
    altered(promisedLine, (event) => promisingMore(event, 1_000)),
    /promises \d+ units of incoming-\d+ twice/,
  ],
  [
    'a line that covers more than it has open',
    altered(promisedLine, (event) => saying(promisingMore(event, 1), { pledges: pledgesOf(event) })),
    /pledged, \d+ promised/,
  ],
  [
    'a promise filled from where its channel does not sell',
    altered(ofType('BackorderFilled'), filledFrom('wh9')),
    /fills a promise from wh9/,
  ],
  ['a promise that is never filled', dropped(isFilling), /waits for \d+, free at|explained|names atp/],
  [
    'an arrival that nobody has reported',
    altered(arriving, (event) => saying(event, { incomingLine: 'incoming-99' })),
    /on incoming-\d+ have arrived/,
  ],
  [
    'other terms of a purchase order than were told',
    altered(
      ({ type }) => type === 'IncomingExpected',
      (event) => saying(event, { incoming: { ...(event.data['incoming'] as object), quantity: 999 } }),
    ),
    /of incoming-\d+ stands .*999|names atp \d+, it is/,
  ],
  [
    'a hold beyond atp',
    altered(ofType('StockReserved'), (event) => holdingMore(event, 1_000)),
    /holds \d+ more, atp is/,
  ],
  [
    'a hold beyond atp that says it was not',
    altered(ofType('StockReserved'), (event) => deciding(holdingMore(event, 1_000), 1_000)),
    /names atp \d+, it is/,
  ],
];

describe('the auditor of simulated lives', () => {
  let life: Run;
  beforeAll(async () => {
    life = await simulate(seed, 400);
  });
  const audited = (forge: Forgery): readonly string[] => findingsIn(forge(life.log), life.notes).findings;

  it('finds nothing in a life that is right, nor in one that is only hashed anew', () => {
    expect(audited((log) => log)).toEqual([]);
    expect(audited(resealed)).toEqual([]);
  });
  it.each(forgeries)('finds %s', (_, forge, found) => {
    expect(audited(forge)).toContainEqual(expect.stringMatching(found));
  });
  it.each(forgedWell)('finds %s, although the chain is whole', (_, forge, found) => {
    const findings = audited((log) => resealed(forge(log)));
    expect(findings).toContainEqual(expect.stringMatching(found));
    expect(findings).not.toContainEqual(expect.stringMatching(/hash does not follow|\d+ follows/));
  });
  it('finds an acknowledged event dropped, although the chain is whole', () => {
    const findings = audited((log) => resealed(dropped(({ eventId }) => life.notes.acknowledged.has(eventId))(log)));
    expect(findings).toContainEqual(expect.stringMatching(/acknowledged event .* is lost/));
  });
  it('finds an acknowledgement of something that is not in the log', () => {
    const acknowledged = new Map(life.notes.acknowledged).set('never-stored', 'a receipt');
    expect(findingsIn(life.log, { ...life.notes, acknowledged }).findings).toEqual([
      'a receipt: acknowledged event never-stored is lost',
    ]);
  });
  it('finds a number that was answered and that never stood in the books', () => {
    const [stream, said] = [...life.notes.answered][0] as [string, Set<string>];
    const answered = new Map(life.notes.answered).set(stream, new Set([...said, 'hold web:c9 of 7 until never']));
    expect(findingsIn(life.log, { ...life.notes, answered }).findings).toEqual([
      `${stream}: answered hold web:c9 of 7 until never, which never stood`,
    ]);
  });
});
