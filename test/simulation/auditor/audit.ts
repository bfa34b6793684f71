import type { RecordedEvent } from '#event-sourcing';
import { accountOf, addTo, holdInWords, lineInWords, lineKeyOf, openBooks, post, sumOf } from './books.js';
import type { AuditedFact, AuditedHold, AuditedLine, SkuBooks } from './books.js';
import { auditChains } from './chain.js';
import { auditCount, unmetCounts } from './counts.js';
import { auditPromises, enterIncoming } from './incoming.js';
import { partsOf } from './parts.js';
import { policiesIn, rulingOf } from './policies.js';
import type { AuditedPolicies } from './policies.js';
import { auditQuotas } from './quotas.js';
import { auditedAtp } from './supply.js';
import type { AuditedChannel } from './channel.js';

/** Facts may drive a place below zero: the world did it already. Promises and requests of ours may not. */
const ours = new Set(['StockReserved', 'CommitmentChanged', 'CommitmentMoved', 'BackorderFilled']);

type Finding = (event: RecordedEvent, says: string) => void;

const auditParts = (event: RecordedEvent, books: SkuBooks, finding: Finding): void => {
  const before = new Map(books.balances);
  post(books.balances, partsOf(event));
  for (const part of partsOf(event)) {
    if (!Number.isSafeInteger(part.quantity) || part.quantity <= 0) finding(event, `moves ${part.quantity} units`);
    for (const side of ['from', 'to'] as const) auditAccount(event, books, before, accountOf(part, side), finding);
  }
};

const auditAccount = (
  event: RecordedEvent,
  books: SkuBooks,
  before: Map<string, number>,
  account: string,
  finding: Finding,
): void => {
  const after = books.balances.get(account) ?? 0;
  const [location = '', bucket = ''] = account.split('|');
  if ((bucket === 'reserved' || bucket === 'committed') && after < 0) finding(event, `${account} is ${after}`);
  const owed = location.startsWith('unsourced:');
  if (ours.has(event.type) && bucket === 'sellable' && !owed && after < Math.min(0, before.get(account) ?? 0))
    finding(event, `drives ${account} to ${after}`);
};

/** Who sells from where, and the policies of the log at each of their revisions. */
type Rules = { readonly channels: readonly AuditedChannel[]; readonly policies: AuditedPolicies };

const skuOf = ({ stream }: RecordedEvent): string => stream.slice('stock-'.length);

/** Nothing new is promised from a location that was not open under the policy that the decision names. */
const auditPlaces = (event: RecordedEvent, { channels, policies }: Rules, finding: Finding): void => {
  const { decidedOn, channel, order } = event.data as {
    decidedOn?: { policies: Record<string, number> };
    channel?: string;
    order?: { channel: string };
  };
  const policy = channels.find((candidate) => candidate.channel === (channel ?? order?.channel));
  if (decidedOn === undefined || policy === undefined) return;
  const { notOpen } = rulingOf(skuOf(event), decidedOn, policy, policies, (says) => finding(event, says));
  for (const { location, from } of partsOf(event))
    if (/^(sellable|fenced)/u.test(from) && notOpen.has(location))
      finding(event, `promises from ${location}, which was not open`);
};

/** An order is decided on what its channel could promise at that moment, and says so. */
const auditCommitted = (
  event: RecordedEvent,
  books: SkuBooks,
  { channels, policies }: Rules,
  finding: Finding,
): void => {
  const { order, decidedOn } = event.data as unknown as {
    order: { channel: string };
    decidedOn: { atp: number; policies: Record<string, number> };
  };
  const policy = channels.find(({ channel }) => channel === order.channel);
  if (policy === undefined) return finding(event, `commits for an unknown channel ${order.channel}`);
  const ruling = rulingOf(skuOf(event), decidedOn, policy, policies, (says) => finding(event, says));
  const atp = auditedAtp(books, channels, policy, event.metadata.recordedAt, ruling);
  if (decidedOn.atp !== atp) finding(event, `names atp ${decidedOn.atp}, it is ${atp}`);
};

/** A hold that grows may grow by no more than what the channel could promise at that moment. */
const auditReserved = (
  event: RecordedEvent,
  books: SkuBooks,
  { channels, policies }: Rules,
  finding: Finding,
): void => {
  const { reservation, channel, held, decidedOn } = event.data as unknown as {
    reservation: string;
    channel: string;
    held: AuditedHold;
    decidedOn: { atp: number; policies: Record<string, number> };
  };
  const now = event.metadata.recordedAt;
  const policy = channels.find((candidate) => candidate.channel === channel);
  if (policy === undefined) return finding(event, `reserves for an unknown channel ${channel}`);
  const ruling = rulingOf(skuOf(event), decidedOn, policy, policies, (says) => finding(event, says));
  const atp = auditedAtp(books, channels, policy, now, ruling);
  const open = books.holds.get(reservation);
  const already = open !== undefined && open.expiresAt > now ? open.quantity : 0;
  if (held.quantity - already > atp) finding(event, `holds ${held.quantity - already} more, atp is ${atp}`);
  if (decidedOn.atp !== atp) finding(event, `names atp ${decidedOn.atp}, it is ${atp}`);
};

const setHold = (books: SkuBooks, event: RecordedEvent): void => {
  const { reservation, channel, held } = event.data as unknown as {
    reservation: string;
    channel: string;
    held?: AuditedHold;
  };
  if (held === undefined) books.holds.delete(reservation);
  else books.holds.set(reservation, { ...held, channel });
};

const setLine = (books: SkuBooks, event: RecordedEvent, finding: Finding): void => {
  const { order, line, consumed } = event.data as unknown as {
    order?: { channel: string; orderKey: string; line: string };
    line?: AuditedLine;
    consumed?: { reservation: string; held?: AuditedHold };
  };
  if (order !== undefined && line !== undefined) {
    const before = books.lines.get(lineKeyOf(order));
    if (before !== undefined && line.version < before.version)
      finding(event, `line goes back to version ${line.version}`);
    books.lines.set(lineKeyOf(order), line);
  }
  if (order !== undefined && consumed !== undefined) {
    if (consumed.held === undefined) books.holds.delete(consumed.reservation);
    else books.holds.set(consumed.reservation, { ...consumed.held, channel: order.channel });
  }
};

const lineNamedBy = ({ data }: RecordedEvent): string => JSON.stringify(data['order'] ?? null);

/** One report may take units back from one order line and give them to another: two events of one version. */
const isMoved = (event: RecordedEvent, before: AuditedFact): boolean => lineNamedBy(event) !== before.line;

const setFact = (books: SkuBooks, event: RecordedEvent, finding: Finding): void => {
  const fact = event.data['fact'] as unknown as
    { connection: string; kind: string; sourceKey: string; version: number } | undefined;
  // An order's own targets are guarded by the version of its line
  if (fact === undefined || fact.kind === 'ordered') return;
  // What is told of a purchase order is one fact, whatever its event is called; the reports of a transfer are several
  const type = fact.kind === 'incoming' ? fact.kind : event.type;
  const key = JSON.stringify([fact.connection, fact.kind, type, fact.sourceKey]);
  const before = books.facts.get(key);
  if (before !== undefined && fact.version <= before.version && !isMoved(event, before))
    finding(event, `applies version ${fact.version} of ${key} again`);
  const net = before?.net ?? new Map<string, number>();
  for (const part of partsOf(event)) {
    addTo(net, accountOf(part, 'from'), -part.quantity);
    addTo(net, accountOf(part, 'to'), part.quantity);
  }
  books.facts.set(key, { version: fact.version, line: lineNamedBy(event), net });
};

/** What stands after an event, so that what was answered can be looked up. */
const remember = (books: SkuBooks, { data }: RecordedEvent): void => {
  for (const [reservation, { quantity, expiresAt }] of books.holds)
    books.stood.add(holdInWords(reservation, quantity, expiresAt));
  const order = data['order'] as Parameters<typeof lineKeyOf>[0] | undefined;
  const line = order && books.lines.get(lineKeyOf(order));
  if (order === undefined || line === undefined) return;
  const unsourced = sumOf(line.committed.filter(({ location }) => location === `unsourced:${order.channel}`));
  const numbers = {
    ...{ committed: sumOf(line.committed) - unsourced, unsourced, issued: line.issued },
    backordered: sumOf(line.backordered),
  };
  books.stood.add(lineInWords(lineKeyOf(order), numbers));
};

/** Reserved units are the open holds, committed units the open lines: place by place. */
const auditSums = (event: RecordedEvent, books: SkuBooks, finding: Finding): void => {
  const expected = new Map<string, number>();
  for (const hold of books.holds.values())
    for (const part of hold.parts) addTo(expected, `${part.location}|reserved`, part.quantity);
  for (const line of books.lines.values())
    for (const place of line.committed) addTo(expected, `${place.location}|committed`, place.quantity);
  const stands = [...books.balances].filter(([account]) => /\|(reserved|committed)$/.test(account));
  for (const [account, units] of stands)
    if (expected.get(account) !== units)
      finding(event, `${account} is ${units}, explained ${expected.get(account) ?? 0}`);
  for (const [account, units] of expected)
    if (!books.balances.has(account)) finding(event, `${account} is 0, explained ${units}`);
};

/** What a line has open is at a place, owed or promised, to the unit. */
const auditCover = (event: RecordedEvent, finding: Finding): void => {
  const { line } = event.data as unknown as { line?: AuditedLine };
  if (line === undefined) return;
  const open = Math.max(0, line.promised - line.baselineIssued - line.issued);
  const [committed, backordered] = [sumOf(line.committed), sumOf(line.backordered)];
  if (committed + backordered !== open)
    finding(event, `covers ${committed} and promises ${backordered} of ${open} that are open`);
};

/** Promised units come from where the channel sells. */
const auditFilled = (event: RecordedEvent, channels: readonly AuditedChannel[], finding: Finding): void => {
  if (event.type !== 'BackorderFilled') return;
  const { order } = event.data as unknown as { order: { channel: string } };
  const places = channels.find(({ channel }) => channel === order.channel)?.locations ?? [];
  for (const { location } of partsOf(event))
    if (!places.includes(location)) finding(event, `fills a promise from ${location}, where nothing is sold`);
};

export type AuditReport = { readonly findings: readonly string[]; readonly books: ReadonlyMap<string, SkuBooks> };

/** Reads a whole log in order and says everything that is wrong with it. No findings: the log is right. */
export const audit = (events: readonly RecordedEvent[], channels: readonly AuditedChannel[]): AuditReport => {
  const findings = auditChains(events);
  const rules: Rules = { channels, policies: policiesIn(events) };
  const books = new Map<string, SkuBooks>();
  const finding: Finding = (event, says) => findings.push(`${event.stream}@${event.revision} ${event.type} ${says}`);
  for (const event of events) {
    if (!event.stream.startsWith('stock-')) continue;
    const of = books.get(event.stream) ?? openBooks();
    books.set(event.stream, of);
    if (event.type === 'StockReserved') auditReserved(event, of, rules, finding);
    if (event.type === 'CommitmentChanged') auditCommitted(event, of, rules, finding);
    auditPlaces(event, rules, finding);
    auditParts(event, of, finding);
    if (/^(StockReserved|ReservationReleased|ReservationExtended)$/.test(event.type)) setHold(of, event);
    for (const says of auditQuotas(event, of)) finding(event, says);
    setLine(of, event, finding);
    auditCover(event, finding);
    auditFilled(event, channels, finding);
    enterIncoming(of.incoming, event);
    for (const says of auditPromises(event, of)) finding(event, says);
    setFact(of, event, finding);
    auditSums(event, of, finding);
    const miscounted = auditCount(of.counted, event);
    if (miscounted !== undefined) finding(event, miscounted);
    remember(of, event);
  }
  for (const [stream, { counted }] of books)
    findings.push(...unmetCounts(counted).map((unmet) => `${stream}: ${unmet}`));
  return { findings, books };
};
