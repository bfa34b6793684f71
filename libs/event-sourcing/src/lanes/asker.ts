import { createBackoff } from '../backoff.js';
import type { RecordedEvent, Revision } from '../event.js';
import type { KeyAnswer, KeyQuestion } from '../kernel.js';
import { mustAsk, type Board } from './board.js';
import { emptyIds, recallId, rememberEvent, type Accepted, type IdMemory } from './id-memory.js';
import type { KernelParts } from './kernel-parts.js';
import { domainEventOf, type Lane, type Pending } from './lane.js';
import { expireLane, failLane, noteUnavailable } from './load-lanes.js';
import { factsFrom, unknownFactKeys } from './needs-asking.js';
import { createPump, type Pump } from './pump.js';

/** What one lane asks, and how far its own memory goes back at this moment: later ones only remember less. */
type Asking = {
  readonly lane: Lane;
  readonly pendings: readonly Pending[];
  readonly question: KeyQuestion;
  readonly askedUpTo: Revision;
  /** When the lane has dropped its state meanwhile, the answer fits no more: the loaded one may remember less. */
  readonly epoch: number;
  /** The state's memory is complete from here on: what the index has not seen before it is the gap. */
  readonly memoryFrom: Revision;
};

/**
 * One question to the index at a time, for all lanes that want to know something; appends go on meanwhile. What the
 * index has not seen yet and the state has already forgotten is read from the stream.
 */
export const createAsker = (parts: KernelParts, board: () => Board): Pump => {
  const { onMetric } = parts;
  const backoff = createBackoff(parts.clock, parts.random, parts.bounds);

  const work = async (): Promise<void> => {
    await parts.gather();
    const askings = collect(parts, board());
    try {
      if (askings.length > 0) await ask(parts, askings);
      backoff.succeeded();
    } catch (error) {
      onMetric({ kind: 'index_failed', error });
      for (const { lane } of askings) {
        noteUnavailable(lane);
        expireLane(parts, lane);
      }
      await backoff.wait();
    }
    for (const { lane } of askings) {
      lane.isAsking = false;
      board().evaluate(lane);
    }
  };
  return createPump(
    () => board().toAsk.size > 0,
    work,
    (error) => onMetric({ kind: 'bug', error }),
  );
};

const collect = ({ bounds }: KernelParts, { toAsk, evaluate }: Board): readonly Asking[] => {
  const askings: Asking[] = [];
  let keys = 0;
  for (const lane of toAsk) {
    if (keys >= bounds.askedKeysMax) break;
    toAsk.delete(lane);
    const asking = askingOf(lane, bounds.askedKeysMax);
    if (asking === undefined) {
      evaluate(lane);
      continue;
    }
    lane.isAsking = true;
    keys += asking.question.commandIds.length + asking.question.factKeys.length;
    askings.push(asking);
  }
  return askings;
};

const askingOf = (lane: Lane, keysMax: number): Asking | undefined => {
  const { standing, kind, ids } = lane;
  if (standing === undefined) return undefined;
  const pendings = lane.queue.filter((pending) => mustAsk(lane, pending)).slice(0, keysMax);
  if (pendings.length === 0) return undefined;
  const commandIds = pendings.flatMap(({ envelope }) => (envelope.guard === 'id' ? [envelope.commandId] : []));
  const factKeys = [...new Set(pendings.flatMap((pending) => unknownFactKeys(kind, standing.state, pending)))];
  const memoryFrom = Math.max(ids.rememberedFrom, factKeys.length > 0 ? factsFrom(kind, standing.state) : 0);
  const question = { stream: lane.stream, commandIds, factKeys };
  return { lane, pendings, question, askedUpTo: standing.revision, epoch: lane.epoch, memoryFrom };
};

const ask = async (parts: KernelParts, askings: readonly Asking[]): Promise<void> => {
  const answers = await parts.keyIndex.lookup(askings.map(({ question }) => question));
  await Promise.all(askings.map((asking, index) => settleAsking(parts, asking, answers[index] as KeyAnswer)));
};

const settleAsking = async (parts: KernelParts, asking: Asking, answer: KeyAnswer): Promise<void> => {
  const from = answer.highest + 1;
  const said = from < asking.memoryFrom ? await readGap(parts, asking, answer, from) : saidBy(answer);
  if (asking.epoch !== asking.lane.epoch) return;
  const known = { facts: said.facts, elsewhere: answer.elsewhere };
  for (const pending of asking.pendings) {
    pending.acceptedBefore = said.accepted(pending.envelope.commandId);
    pending.known = known;
    pending.askedUpTo = askFurther(asking.lane, pending, said.facts) ? undefined : asking.askedUpTo;
  }
};

/** Did the facts lead to keys that have not been asked for? */
const askFurther = ({ kind }: Lane, pending: Pending, facts: ReadonlyMap<string, unknown>): boolean => {
  const further = kind.furtherFactKeysOf?.(pending.envelope.command, facts);
  const unasked = further?.filter((key) => !pending.factKeys.includes(key));
  if (unasked === undefined || unasked.length === 0) return false;
  pending.factKeys = [...pending.factKeys, ...unasked];
  return true;
};

/** What is known of the ids and keys of one question. */
type Said = {
  readonly accepted: (commandId: string) => Accepted | undefined;
  readonly facts: ReadonlyMap<string, unknown>;
};

/** Where the index has seen all that the state has forgotten, its word is the whole. */
const saidBy = ({ commands, facts }: KeyAnswer): Said => ({ facts, accepted: (commandId) => commands.get(commandId) });

/** The answer of the index, brought up to where the state's memory begins. */
type Gap = Said & { readonly take: (events: readonly RecordedEvent[]) => void };

const createGap = ({ lane, question }: Asking, answer: KeyAnswer): Gap => {
  const { kind } = lane;
  const wantedKeys = new Set(question.factKeys);
  const wantedIds = new Set(question.commandIds);
  const facts = new Map<string, unknown>(answer.facts);
  const ids: IdMemory = emptyIds(0);
  const takeOne = (event: RecordedEvent): void => {
    const domainEvent = domainEventOf(event);
    const undone = kind.undoneBy?.(domainEvent);
    if (wantedIds.has(event.metadata.commandId) || (undone !== undefined && wantedIds.has(undone))) {
      rememberEvent(ids, event, undone, Number.POSITIVE_INFINITY);
    }
    if (wantedKeys.size === 0) return;
    if (kind.factsOf === undefined) throw new Error(`${kind.prefix} states forget facts: their kind needs factsOf`);
    for (const [key, fact] of kind.factsOf(domainEvent)) if (wantedKeys.has(key)) facts.set(key, fact as unknown);
  };
  return {
    facts,
    take: (events) => {
      try {
        events.forEach(takeOne);
      } catch (error) {
        throw new UnreadableGapError('an event of the gap cannot be read', { cause: error });
      }
    },
    accepted: (commandId) => {
      const inGap = recallId(ids, commandId);
      return inGap === 'undone' ? undefined : (inGap ?? answer.commands.get(commandId));
    },
  };
};

/** Our own bug, of one stream alone: the commands that need it fail. */
class UnreadableGapError extends Error {}

/** What the index has not seen is read from the stream. */
const readGap = async (parts: KernelParts, asking: Asking, answer: KeyAnswer, from: Revision): Promise<Said> => {
  const gap = createGap(asking, answer);
  await readEvents(parts, asking, from, gap.take).catch((error: unknown) => {
    if (error instanceof UnreadableGapError) return failLane(asking.lane, error.cause);
    throw error;
  });
  return gap;
};

const readEvents = async (
  { store, bounds }: KernelParts,
  { lane, memoryFrom }: Asking,
  from: Revision,
  take: (events: readonly RecordedEvent[]) => void,
): Promise<void> => {
  let next = from;
  while (next < memoryFrom) {
    const eventsMax = Math.min(bounds.readEventsMax, memoryFrom - next);
    const [events = []] = await store.read([{ stream: lane.stream, from: next }], eventsMax);
    if (events.length === 0) throw new Error(`${lane.stream}@${next} is missing`);
    take(events);
    next += events.length;
  }
};
