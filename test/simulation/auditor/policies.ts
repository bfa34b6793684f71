import type { RecordedEvent } from '#event-sourcing';
import type { AuditedChannel } from './channel.js';

type Share = { readonly units?: number; readonly basisPoints?: number; readonly unitsMax?: number };
type Buffer = Share & { readonly effect: string };
type Backorder = { readonly horizonDays: number };
type Content = {
  readonly buffer?: Buffer;
  readonly backorder?: Backorder;
  readonly state?: string;
  /** Of a SKU: what it has of its own, by channel. */
  readonly channels?: Readonly<Record<string, { readonly buffer?: Buffer; readonly backorder?: Backorder | 'never' }>>;
};

/** Every policy of a log at each of its revisions. */
export type AuditedPolicies = { readonly at: (stream: string, revision: number) => Content | undefined };

export const policiesIn = (events: readonly RecordedEvent[]): AuditedPolicies => {
  const contents = new Map<string, Content>();
  for (const { stream, revision, data } of events)
    if (stream.startsWith('policy-')) contents.set(`${stream}@${revision}`, data);
  return { at: (stream, revision) => contents.get(`${stream}@${revision}`) };
};

/** What a decision was taken under, as its event names it. */
export type Ruling = {
  /** Units that a hard buffer keeps out of a pool of so many. */
  readonly keptOf: (pool: number) => number;
  readonly notOpen: ReadonlySet<string>;
  /** How far ahead units may be promised that are to come; left out: never. */
  readonly horizonDays?: number;
};

type DecidedOn = { readonly policies: Readonly<Record<string, number>> };

/**
 * Of a channel that sells from these locations; one that the event does not name stood at its first revision. A SKU that is
 * not named had nothing of its own.
 * @param finding is told of a policy that the log does not have
 */
export const rulingOf = (
  sku: string,
  { policies: named }: DecidedOn,
  { channel, locations }: AuditedChannel,
  known: AuditedPolicies,
  finding: (says: string) => void,
): Ruling => {
  for (const [stream, revision] of Object.entries(named))
    if (known.at(stream, revision) === undefined) finding(`names ${stream}@${revision}, which is not in the log`);
  const contentOf = (stream: string): Content => known.at(stream, named[stream] ?? 0) ?? {};
  const own = `policy-sku-${sku}`;
  const ofSku = named[own] === undefined ? undefined : contentOf(own).channels?.[channel];
  const ofChannel = contentOf(`policy-channel-${channel}`);
  const buffer = ofSku?.buffer ?? ofChannel.buffer;
  const backorder = ofSku?.backorder ?? ofChannel.backorder;
  const isOpen = (location: string): boolean => (contentOf(`policy-location-${location}`).state ?? 'open') === 'open';
  return {
    notOpen: new Set(locations.filter((location) => !isOpen(location))),
    ...(backorder !== undefined && backorder !== 'never' && { horizonDays: backorder.horizonDays }),
    keptOf: (pool) => Math.min(pool, buffer?.effect === 'hard' ? unitsOf(buffer, pool) : 0),
  };
};

const unitsOf = ({ units, basisPoints = 0, unitsMax = Infinity }: Share, pool: number): number =>
  units ?? Math.min(Math.ceil((pool * basisPoints) / 10_000), unitsMax);
