import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ProblemError, Scopes } from '#platform';
import { skuPolicyStream } from '#atp';
import { bundleStream, channelStream, locationStream } from '#policies';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { PageQuery, pageOf } from '../shared/page.request.js';
import { ChannelPipe, LocationPipe, SkuPipe } from '../shared/path.pipes.js';
import { policyHistoryView, type PolicyHistoryView } from './policy-history.view.js';

@ApiTags('policies')
@Controller('v1')
export class PolicyHistoryController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get('channels/:channel/history')
  @Scopes('history:read')
  @Answers('Every change of a channel: who, when, why', { problems: ['unknown_channel', 'invalid_cursor'] })
  async ofChannel(
    @Param('channel', ChannelPipe) channel: string,
    @Query() query: PageQuery,
  ): Promise<PolicyHistoryView> {
    const history = await this.service.queries.policyHistoryOf(channelStream(channel), pageOf(query));
    if (history !== undefined) return policyHistoryView(history);
    throw new ProblemError('unknown_channel', { field: 'channel', facts: { channel } });
  }

  @Get('locations/:location/history')
  @Scopes('history:read')
  @Answers('Every change of a location: who, when, why', { problems: ['unknown_location', 'invalid_cursor'] })
  async ofLocation(
    @Param('location', LocationPipe) location: string,
    @Query() query: PageQuery,
  ): Promise<PolicyHistoryView> {
    const history = await this.service.queries.policyHistoryOf(locationStream(location), pageOf(query));
    if (history !== undefined) return policyHistoryView(history);
    throw new ProblemError('unknown_location', { field: 'location', facts: { location } });
  }

  @Get('skus/:sku/policy/history')
  @Scopes('history:read')
  @Answers('Every change of what a SKU has of its own: who, when, why; empty where it never had anything', {
    problems: ['invalid_cursor'],
  })
  async ofSku(@Param('sku', SkuPipe) sku: string, @Query() query: PageQuery): Promise<PolicyHistoryView> {
    const history = await this.service.queries.policyHistoryOf(skuPolicyStream(sku), pageOf(query));
    return policyHistoryView(history ?? { rows: [] });
  }

  @Get('bundles/:sku/history')
  @Scopes('history:read')
  @Answers('Every recipe of a bundle: who, when, why', { problems: ['unknown_bundle', 'invalid_cursor'] })
  async ofBundle(@Param('sku', SkuPipe) sku: string, @Query() query: PageQuery): Promise<PolicyHistoryView> {
    const history = await this.service.queries.policyHistoryOf(bundleStream(sku), pageOf(query));
    if (history !== undefined) return policyHistoryView(history);
    throw new ProblemError('unknown_bundle', { field: 'sku', facts: { sku } });
  }
}
