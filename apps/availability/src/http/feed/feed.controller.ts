import { Controller, Get, Headers, Inject, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, ProblemError, Scopes } from '#platform';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { FeedQuery } from './feed.request.js';
import { streamChanges } from './stream-changes.js';

@ApiTags('availability')
@Controller('v1/availability')
export class FeedController {
  private open = 0;

  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get('feed')
  @Scopes('stock:read')
  @Answers('Every announced change as server-sent events', {
    problems: ['busy', 'invalid_header'],
    notes:
      'Resumes after Last-Event-ID (or ?after=). A reader that is too slow misses intermediate values, never the last ' +
      'one: of each SKU and channel the newest change is kept, and what was not yet sent is read anew.',
  })
  async feed(
    @Query() { channel, after }: FeedQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.open >= feedsMax) throw new ProblemError('busy', { retryAfterSeconds: feedRetrySeconds });
    const from = sequenceOf(lastEventId) ?? (after === undefined ? undefined : Number(after));
    this.open += 1;
    try {
      const begin = from ?? (await this.service.queries.lastSequence());
      await streamChanges(reply, this.service, { after: begin, channel });
    } finally {
      this.open -= 1;
    }
  }
}

/** Each open feed asks the database for itself. */
const feedsMax = 200;
const feedRetrySeconds = 10;

const sequenceOf = (header: string | undefined): number | undefined => {
  if (header === undefined || header === '') return undefined;
  if (/^\d{1,16}$/u.test(header) && Number.isSafeInteger(Number(header))) return Number(header);
  throw new ProblemError('invalid_header', { field: 'Last-Event-ID', detail: 'Last-Event-ID must be a sequence' });
};
