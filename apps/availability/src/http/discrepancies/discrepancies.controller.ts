import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, parseTimestamp, Scopes } from '#platform';
import type { Discrepancy, Page } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { pageOf } from '../shared/page.request.js';
import { DiscrepanciesQuery } from './discrepancies.request.js';

@ApiTags('stock')
@Scopes('stock:read')
@Controller('v1/discrepancies')
export class DiscrepanciesController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get()
  @Answers('What witnesses said that the author has not said, or said otherwise', {
    problems: ['invalid_cursor'],
    notes:
      '`said` and `author` are by how much on hand changes by the word of each: of an order line or under a document ' +
      '(`by`) all that was said, else of one fact that no fact of the author matches 24 hours after it was recorded. ' +
      'A discrepancy ends by itself when a further fact or a correction makes both agree. A page may hold few rows, or ' +
      'none, and have a `next`.',
  })
  list(@Query() { sku, location, connection, at, ...page }: DiscrepanciesQuery): Promise<Page<Discrepancy>> {
    const moment = at === undefined ? undefined : parseTimestamp(at);
    return this.service.queries.discrepancies(pageOf(page), { sku, location, connection, at: moment });
  }
}
