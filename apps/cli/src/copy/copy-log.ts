import {
  continuesChain,
  emptyChain,
  genesisHash,
  uuidV8FromHash,
  type ChainHead,
  type Digest,
  type EventStore,
  type RecordedEvent,
} from '#event-sourcing';
import { verifyLog } from '#event-store/postgres';
import { createAppender, type Appender } from './appender.js';
import { CopyDiffersError, DamagedSourceError, OtherTargetError } from './errors.js';
import { readLog } from './read-log.js';

export type CopyLogOptions = {
  readonly from: EventStore;
  readonly to: EventStore;
  readonly digest: Digest;
  /** Reads and compares only. */
  readonly dryRun: boolean;
  /** Events that were read. */
  readonly onProgress?: (events: number) => void;
};

export type Copied = {
  /** All of the log. */
  readonly events: number;
  /** Events that the target had already. */
  readonly there: number;
  /** Events written now; in a dry run those that would be. */
  readonly copied: number;
  /** Over all hashes in the order of the log: that of the source, and, but in a dry run, that of the target. */
  readonly digest: string;
};

/**
 * Copies a log in its order. Each event is verified against its chain before it is written with the very text that was
 * hashed; what the target has from an earlier run is compared event by event. Afterwards the target is read and verified.
 *
 * @throws DamagedSourceError, OtherTargetError, CopyDiffersError; UnknownOutcomeError, StoreUnavailableError: run it again
 */
export const copyLog = async (options: CopyLogOptions): Promise<Copied> => {
  const there = readLog(options.to);
  try {
    const copied = await copyEvents(options, there);
    if (!options.dryRun) await verifyTarget(options, copied);
    return copied;
  } finally {
    await there.return();
  }
};

const copyEvents = async (options: CopyLogOptions, target: AsyncGenerator<RecordedEvent, void>): Promise<Copied> => {
  const verify = chainVerifier(options.digest);
  const appender = createAppender(options.to);
  let done: Copied = { events: 0, there: 0, copied: 0, digest: genesisHash };
  for await (const event of readLog(options.from)) {
    verify(event);
    const found = done.there === done.events ? (await target.next()).value : undefined;
    if (found) assertSame(found, event, done.there);
    else await write(options, appender, event);
    done = countIn(options.digest, done, event, found !== undefined);
    options.onProgress?.(done.events);
  }
  const more = (await target.next()).value;
  if (more && done.copied === 0) throw new OtherTargetError(done.events, `it goes on with ${nameOf(more)}`);
  await appender.flush();
  return done;
};

const write = async ({ dryRun }: CopyLogOptions, appender: Appender, event: RecordedEvent): Promise<void> => {
  if (!dryRun) await appender.add(event);
};

const countIn = (digest: Digest, done: Copied, { hash }: RecordedEvent, wasThere: boolean): Copied => ({
  events: done.events + 1,
  there: done.there + (wasThere ? 1 : 0),
  copied: done.copied + (wasThere ? 0 : 1),
  digest: digest.chain(done.digest, hash),
});

/** The chains of all streams, event by event in the order of the log. */
const chainVerifier = (digest: Digest) => {
  const heads = new Map<string, ChainHead>();
  return (event: RecordedEvent): void => {
    const { stream, revision, hash, eventId } = event;
    const head = heads.get(stream) ?? emptyChain;
    if (revision !== head.revision + 1) throw new DamagedSourceError(stream, head.revision + 1, 'gap');
    if (!continuesChain(digest, head.hash, event)) throw new DamagedSourceError(stream, revision, 'hash');
    if (eventId !== uuidV8FromHash(hash)) throw new DamagedSourceError(stream, revision, 'event_id');
    heads.set(stream, { revision, hash });
  };
};

/** Equal hashes are equal contents: stream, revision and all that was before are in them. */
const assertSame = (found: RecordedEvent, wanted: RecordedEvent, before: number): void => {
  if (found.hash === wanted.hash && found.stream === wanted.stream) return;
  throw new OtherTargetError(before, `stands ${nameOf(found)} where ${nameOf(wanted)} belongs`);
};

const nameOf = ({ stream, revision }: RecordedEvent): string => `${stream} revision ${revision}`;

const verifyTarget = async ({ to, digest }: CopyLogOptions, copied: Copied): Promise<void> => {
  const verdict = await verifyLog({ store: to, digest });
  const [problem] = verdict.problems;
  if (problem) throw new CopyDiffersError(`The copy is damaged: ${JSON.stringify(problem)}`);
  if (verdict.digest === copied.digest && verdict.events === copied.events) return;
  throw new CopyDiffersError(`The copy has ${verdict.events} events of ${copied.events}, or another order`);
};
