import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '#event-sourcing';
import { Answers, ProblemError, Scopes } from '#platform';
import { badCode } from '#policies';
import type { ChannelReport, Records } from '../../records/index.js';
import { OptionalDay } from './fields.js';
import { CLOCK, RECORDS } from './tokens.js';

class ReportQuery {
  @OptionalDay() day?: string;
}

@ApiTags('channels')
@Scopes('stock:read')
@Controller('v1/channels')
export class ReportController {
  constructor(
    @Inject(RECORDS) private readonly records: Pick<Records, 'reports'>,
    @Inject(CLOCK) private readonly clock: Pick<Clock, 'now'>,
  ) {}

  @Get(':channel/report')
  @Answers('A day of a channel: what was written, what stood too high or too low and why, what waits for a person', {
    problems: ['invalid_code'],
    notes:
      '`aboveTruth`: how long units stood in rows that should not, counted from the last reading that was as expected, so at the ' +
      'longest; of `ofUnknownTime` findings nobody knows.',
  })
  report(@Param('channel') channel: string, @Query() { day }: ReportQuery): Promise<ChannelReport> {
    const reason = badCode(channel);
    if (reason !== undefined)
      throw new ProblemError('invalid_code', { field: 'channel', detail: `channel is not a code: ${reason}` });
    return this.records.reports.report(channel, day ?? this.clock.now().slice(0, '2026-03-01'.length));
  }
}
