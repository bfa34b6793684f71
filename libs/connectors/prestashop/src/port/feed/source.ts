import { type FeedSource, type SourceReading } from '#channel-kit';
import { type Outcome } from '../../webservice/index.js';
import { answerOf } from '../trouble.js';

/** A source as the webservice answers it. */
export type Source = {
  readonly name: string;
  readonly read: (cursor: string | undefined, signal: AbortSignal) => Promise<Outcome<SourceReading>>;
};

export const feedSourceOf = ({ name, read }: Source): FeedSource => ({
  name,
  read: async (cursor, signal) => answerOf(await read(cursor, signal)),
});

/** Milliseconds of our own clock. */
export type Now = () => number;
