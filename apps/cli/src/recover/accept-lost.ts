import { plus, type Clock, type Envelope, type Lanes, type Outcome } from '#event-sourcing';
import type { StockCommand, StockRefusal, StockState } from '#stock';
import type { LostEvent } from './lost-event.js';

/** What became of an event that was accepted: how many events say it now, or why it was refused. */
export type Accepted = {
  readonly eventId: string;
  readonly outcome: 'decided' | 'known' | 'would_decide' | Outcome<unknown, StockRefusal>['kind'];
  readonly events?: number;
  readonly refusal?: StockRefusal;
};

type Parts = {
  readonly clock: Pick<Clock, 'now'>;
  readonly stock: Pick<Lanes<StockState, StockCommand, StockRefusal>, 'execute'>;
};

/** A person waits for it, and a SKU that was not asked for long is read first. */
const decideMillisMax = 30_000;

/**
 * Decides offered reports anew, one after the other. Their key, version, hash and command id are those of then: a repeat of
 * their source is recognised, and so is a second acceptance. The lost event is the cause of what is decided now.
 */
export const acceptLost = async (lost: readonly LostEvent[], parts: Parts): Promise<readonly Accepted[]> => {
  const accepted: Accepted[] = [];
  for (const one of lost) accepted.push(await acceptOne(one, parts));
  return accepted;
};

const acceptOne = async ({ event, command }: LostEvent, { clock, stock }: Parts): Promise<Accepted> => {
  const { eventId, stream, metadata } = event;
  if (command === undefined) throw new Error(`${eventId} is not offered`);
  const { commandId, source, actor, correlationId } = metadata;
  const envelope: Envelope<StockCommand> = {
    ...{ stream, command, commandId, source, actor, correlationId, causationId: eventId },
    // The id is not guarded by what was sent with it, which nobody has: the fact's own key and version guard it.
    guard: 'key',
    deadline: plus(clock.now(), decideMillisMax),
  };
  const outcome = await stock.execute(envelope);
  if (outcome.kind === 'refused') return { eventId, outcome: 'refused', refusal: outcome.refusal };
  if (outcome.kind !== 'accepted') return { eventId, outcome: outcome.kind };
  const events = outcome.events.length;
  return { eventId, outcome: events > 0 && !outcome.repeated ? 'decided' : 'known', events };
};
