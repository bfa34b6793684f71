import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { CoverableLine, Page } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { pageOf } from '../shared/page.request.js';
import { OversoldQuery } from './oversold.request.js';

@ApiTags('stock')
@Scopes('stock:read')
@Controller('v1/oversold')
export class OversoldController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get()
  @Answers('Order lines that are owed units, in the order in which they are served, and what could cover them', {
    problems: ['invalid_cursor'],
    notes:
      'Paid lines first, then the oldest. `places` are locations with units of the SKU, the most first: those that the ' +
      'channel does not sell from or that are not open are not taken by themselves (POST /v1/commitments/moves, or open ' +
      'them), and quarantined units are for somebody to look at. `transfers` are under way.',
  })
  list(@Query() { channel, sku, ...page }: OversoldQuery): Promise<Page<CoverableLine>> {
    return this.service.queries.oversold(pageOf(page), { channel, sku });
  }
}
