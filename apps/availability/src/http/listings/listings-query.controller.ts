import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ProblemError, Scopes } from '#platform';
import type { ListingRow, Page } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { PageQuery, pageOf } from '../shared/page.request.js';
import { ChannelPipe } from '../shared/path.pipes.js';

@ApiTags('listings')
@Scopes('stock:read')
@Controller('v1/channels/:channel/listings')
export class ListingsQueryController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get()
  @Answers('What a channel sells, in the order of its ids', { problems: ['unknown_channel', 'invalid_cursor'] })
  async list(@Param('channel', ChannelPipe) channel: string, @Query() page: PageQuery): Promise<Page<ListingRow>> {
    const { queries } = this.service;
    const listings = await queries.listings(channel, pageOf(page));
    if (listings.rows.length > 0) return listings;
    const channels = await queries.channels();
    if (channels.some((known) => known.channel === channel)) return listings;
    throw new ProblemError('unknown_channel', { field: 'channel', facts: { channel } });
  }
}
