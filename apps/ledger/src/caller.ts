import type { Changing, Envelope, Instant, Source } from '#event-sourcing';

/** Who asks, under which id and until when: what all envelopes of one request share. */
export type Caller = {
  readonly commandId: string;
  readonly source: Source;
  /** An opaque id: no personal data in events. */
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly deadline: Instant;
};

/** An envelope of this request; `commandId` and what else differs from stream to stream is given beside it. */
export const envelopeOf = <Command>(
  caller: Caller,
  own: Pick<Envelope<Command>, 'stream' | 'command' | 'guard'> &
    Partial<Pick<Envelope<Command>, 'commandId' | 'deadline' | 'content'>>,
): Envelope<Command> => {
  const envelope: Changing<Envelope<Command>> = {
    stream: own.stream,
    command: own.command,
    guard: own.guard,
    commandId: own.commandId ?? caller.commandId,
    source: caller.source,
    actor: caller.actor,
    correlationId: caller.correlationId,
    deadline: own.deadline ?? caller.deadline,
  };
  if (caller.causationId !== undefined) envelope.causationId = caller.causationId;
  if (own.content !== undefined) envelope.content = own.content;
  return envelope;
};
