import type { Batch, IHeaders, KafkaMessage } from 'kafkajs';
import type { IncomingMessage, Offset } from '#messaging';

/** What one fetch brought of a partition. */
export type Fetched = {
  readonly topic: string;
  readonly partition: number;
  /** What was asked for: every record from here to `last` is in the batch, or is none for us (control, aborted). */
  readonly from: Offset;
  readonly last: Offset;
  readonly high: Offset;
  readonly messages: readonly IncomingMessage[];
};

/** The client's type leaves out where the fetch began; the class has it. */
type FetchedBatch = Batch & { readonly fetchedOffset: string };

export const fetchedOf = (batch: Batch): Fetched => ({
  topic: batch.topic,
  partition: batch.partition,
  from: Number((batch as FetchedBatch).fetchedOffset),
  last: Number(batch.lastOffset()),
  high: Number(batch.highWatermark),
  messages: batch.messages.map(incomingOf),
});

const incomingOf = ({ offset, key, value, headers }: KafkaMessage): IncomingMessage => ({
  offset: Number(offset),
  key: key ?? undefined,
  headers: headersOf(headers),
  value: value ?? undefined,
});

/** Repeated names come as arrays: the last one counts. */
const headersOf = (headers: IHeaders | undefined): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(headers ?? {}).map(([name, value]) => {
      const last = Array.isArray(value) ? value.at(-1) : value;
      return [name, last === undefined ? '' : last.toString()];
    }),
  );
