import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM, type AppendExpectedRevision } from '@eventstore/db-client';
import type { Contestant } from '../support/contest.js';
import type { Scope } from '../support/scope.js';
import { recordMillis } from '../support/statistics.js';
import { meanOf, type Sizes } from './sizes.js';

type Options = { readonly url: string; readonly streams: number; readonly sizesOf: () => Sizes; readonly scope: Scope };

/**
 * What the vendor's client appends when nothing is decided: events of one size, as many in an append as the ledger had, at exact
 * revisions, one append under way on each stream.
 */
export const bareAppends = ({ url, streams, sizesOf, scope }: Options): Contestant => {
  const client = EventStoreDBClient.connectionString(url);
  scope.add('the client', () => client.dispose());
  const ends = new Map<string, AppendExpectedRevision>();
  const run = randomUUID();
  const appendTo = async (stream: string, count: number, text: string): Promise<void> => {
    const events = Array.from({ length: count }, () => jsonEvent({ type: 'Bare', data: { text } }));
    const expectedRevision = ends.get(stream) ?? NO_STREAM;
    const { nextExpectedRevision } = await client.appendToStream(stream, events, { expectedRevision });
    ends.set(stream, nextExpectedRevision);
  };
  return {
    name: 'bare appends of the same sizes',
    run: async (millis, latency) => {
      const { events, bytesEach } = meanOf(sizesOf());
      const text = 'x'.repeat(bytesEach);
      const startedAt = performance.now();
      let appended = 0;
      const loop = async (index: number): Promise<void> => {
        while (performance.now() - startedAt < millis) {
          const sentAt = performance.now();
          await appendTo(`bare-${run}-${index}`, events, text);
          recordMillis(latency, performance.now() - sentAt);
          appended += events;
        }
      };
      await Promise.all(Array.from({ length: streams }, (_, index) => loop(index)));
      return (appended / (performance.now() - startedAt)) * 1_000;
    },
  };
};
