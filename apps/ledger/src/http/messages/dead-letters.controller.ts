import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import type { Answered, DeadLetterDesk } from '../../intake/dead-letter-desk.js';
import type { KeptLetter } from '../../intake/dead-letter-store.js';
import { AskerOf } from '../asker.decorator.js';
import { DeadLetterRequest, DeadLettersQuery } from './dead-letter.request.js';
import { DEAD_LETTERS } from './tokens.js';

type Done = { readonly id: number; readonly outcome: 'replayed' | 'discarded' };

const rowsPerPage = 100;
/** Whole seconds after which a replay that could not be decided is worth another try. */
const retryAfterSeconds = 1;

@ApiTags('messages')
@Scopes('ops')
@Controller('v1/dead-letters')
export class DeadLettersController {
  constructor(@Inject(DEAD_LETTERS) private readonly desk: DeadLetterDesk) {}

  @Get()
  @Answers('Messages that could not be taken in and that nobody has settled, the oldest first', {
    problems: ['invalid_cursor'],
  })
  async list(@Query() { topic, cursor }: DeadLettersQuery): Promise<{ rows: readonly KeptLetter[]; next?: string }> {
    const asked = { limit: rowsPerPage, ...(topic && { topic }), ...(cursor && { after: Number(cursor) }) };
    const rows = await this.desk.list(asked);
    const last = rows.at(-1);
    return { rows, ...(rows.length === rowsPerPage && last && { next: String(last.id) }) };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Answers('Takes the message in as if it had just come; refused again, it stays a dead letter with its new reason', {
    problems: ['unknown_dead_letter', 'dead_letter_settled', 'unavailable'],
  })
  async replay(@AskerOf() asker: Asker, @Param('id') id: string, @Body() { reason }: DeadLetterRequest): Promise<Done> {
    return doneOf(id, await this.desk.replay(numberOf(id), { by: asker.actor, reason }));
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Answers('Ends a dead letter: its message is never taken in', {
    problems: ['unknown_dead_letter', 'dead_letter_settled'],
  })
  async discard(
    @AskerOf() asker: Asker,
    @Param('id') id: string,
    @Body() { reason }: DeadLetterRequest,
  ): Promise<Done> {
    return doneOf(id, await this.desk.discard(numberOf(id), { by: asker.actor, reason }));
  }
}

/** @throws ProblemError for what no letter can have */
const numberOf = (id: string): number => {
  if (/^\d{1,15}$/u.test(id)) return Number(id);
  throw new ProblemError('unknown_dead_letter', { facts: { id } });
};

const doneOf = (id: string, answered: Answered): Done => {
  switch (answered.kind) {
    case 'taken':
      return { id: Number(id), outcome: 'replayed' };
    case 'discarded':
      return { id: Number(id), outcome: 'discarded' };
    case 'parked': {
      const { type: _type, title: _title, status: _status, code, detail, field, ...facts } = answered.problem;
      throw new ProblemError(code, { ...(detail && { detail }), ...(field && { field }), facts });
    }
    case 'not_now':
      throw new ProblemError('unavailable', { retryAfterSeconds });
    case 'settled_before':
      throw new ProblemError('dead_letter_settled', { facts: { ...answered.letter.settled } });
    case 'unknown_dead_letter':
      throw new ProblemError('unknown_dead_letter', { facts: { id } });
  }
};
