import type { RecordedEvent } from '#event-sourcing';
import type { Acknowledged } from '../clients/books.js';
import type { Evidence } from './evidence.js';

type Streams = ReadonlyMap<string, readonly RecordedEvent[]>;
type FactData = { readonly fact?: { readonly sourceKey: string; readonly version: number } };
type RecordedData = { readonly snapshot?: { readonly version: number } };

/** Acknowledged requests that have left nothing in the log, and events shown to a client that are not there. */
export const lostOf = ({ books, log }: Evidence, streams: Streams): readonly string[] => {
  const left = tracesOf(streams);
  const byId = new Map(log.map((event) => [event.eventId, event]));
  return books.flatMap(({ acknowledged, eventsSeen }) => [
    ...acknowledged.flatMap((one) => missingOf(one, left)),
    ...[...eventsSeen].flatMap(([eventId, { revision, type }]) => {
      const event = byId.get(eventId);
      return event?.revision === revision && event.type === type ? [] : [`event ${eventId} (${type}) is lost`];
    }),
  ]);
};

/** What every event proves, as text. */
const tracesOf = (streams: Streams): ReadonlySet<string> => {
  const traces = new Set<string>();
  for (const [stream, events] of streams)
    for (const { data, metadata } of events) {
      const { fact } = data as FactData;
      const { snapshot } = data as RecordedData;
      traces.add(`${stream} command ${metadata.commandId}`);
      if (fact) traces.add(`${stream} fact ${fact.sourceKey} ${fact.version}`);
      if (snapshot) traces.add(`${stream} version ${snapshot.version}`);
    }
  return traces;
};

const missingOf = ({ request, proof }: Acknowledged, traces: ReadonlySet<string>): readonly string[] =>
  wantedOf(proof)
    .filter((trace) => !traces.has(trace))
    .map((trace) => `${request.id} is lost: ${trace}`);

const wantedOf = (proof: Acknowledged['proof']): readonly string[] => {
  switch (proof.kind) {
    case 'fact':
      return [`stock-${proof.sku} fact ${proof.sourceKey} ${proof.version}`];
    case 'cart':
      return proof.skus.map((sku) => `stock-${sku} command ${proof.commandId}/${sku}`);
    case 'order':
      return [`order-${proof.channel}-${proof.orderKey} version ${proof.version}`];
    case 'none':
      return [];
    default:
      return proof satisfies never;
  }
};
