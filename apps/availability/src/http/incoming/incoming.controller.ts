import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, parseTimestamp, Scopes } from '#platform';
import type { Backorder, ExpectedLine, Page } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { pageOf } from '../shared/page.request.js';
import { BackordersQuery, IncomingQuery } from './incoming.request.js';

@ApiTags('incoming')
@Scopes('stock:read')
@Controller('v1')
export class IncomingController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get('incoming')
  @Answers('Lines of purchase orders on which something is still expected', {
    problems: ['invalid_cursor'],
    notes: 'They are told as movements of the kind `incoming`; receipts name their `incomingLine`.',
  })
  incoming(@Query() { sku, location, ...page }: IncomingQuery): Promise<Page<ExpectedLine>> {
    return this.service.queries.incoming(pageOf(page), { sku, location });
  }

  @Get('backorders')
  @Answers('Units that order lines were promised out of what is incoming, by the date that was promised', {
    problems: ['invalid_cursor'],
    notes: '`atRisk` says how many of them will not come in time, as far as anybody knows, and why.',
  })
  backorders(@Query() { channel, sku, at, atRisk, ...page }: BackordersQuery): Promise<Page<Backorder>> {
    const moment = at === undefined ? undefined : parseTimestamp(at);
    return this.service.queries.backorders(pageOf(page), { channel, sku, at: moment, atRisk: atRisk === 'true' });
  }
}
