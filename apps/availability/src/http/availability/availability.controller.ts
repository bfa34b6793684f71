import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Scopes } from '#platform';
import type { AvailabilityAnswer, AvailabilityRow, Explanation, Page, PastExplanation } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { withEtag } from '../shared/etag.js';
import { foundOf, knownSku } from '../shared/found.js';
import { PageQuery, pageOf } from '../shared/page.request.js';
import { ChannelPipe, SkuPipe } from '../shared/path.pipes.js';
import { BulkRequest } from './bulk.request.js';
import { momentOf } from '../stock/moment.js';
import { ChannelQuery } from './channel.request.js';
import { explainedThen } from './explained-then.js';
import { ExplanationQuery } from './explanation.request.js';

type ExplanationView = (Explanation | PastExplanation) & { readonly knownAt: string; readonly happenedAt: null };
type Listed = Page<AvailabilityRow> & { readonly at: string };

@ApiTags('availability')
@Scopes('stock:read')
@Controller('v1')
export class AvailabilityController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get('availability/:sku')
  @Answers('What a channel may promise of a SKU now', { problems: ['unknown_channel', 'unknown_sku'] })
  async one(
    @Param('sku', SkuPipe) sku: string,
    @Query() { channel }: ChannelQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<(AvailabilityRow & { at: string }) | undefined> {
    const { at, rows } = foundOf(await this.service.queries.availability(channel, [sku]), channel);
    return withEtag({ request, reply }, { at, ...knownSku(rows[0], sku) });
  }

  @Post('availability/bulk')
  @HttpCode(200)
  @Answers('What a channel may promise of up to 1,000 SKUs; unknown ones are listed as missing', {
    problems: ['unknown_channel', 'too_many_items'],
  })
  async bulk(@Body() { channel, skus }: BulkRequest): Promise<AvailabilityAnswer> {
    return foundOf(await this.service.queries.availability(channel, skus), channel);
  }

  @Get('channels/:channel/availability')
  @Answers('What a channel may promise of everything that it sells', {
    problems: ['unknown_channel', 'invalid_cursor'],
  })
  async ofChannel(
    @Param('channel', ChannelPipe) channel: string,
    @Query() page: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Listed | undefined> {
    const answer = foundOf(await this.service.queries.availabilityOfChannel(channel, pageOf(page)), channel);
    return withEtag({ request, reply }, answer);
  }

  @Get('availability/:sku/explanation')
  @Answers('Why the number is what it is, or was at a moment: its terms with their origins', {
    problems: ['unknown_channel', 'unknown_sku', 'moment_in_future', 'too_many_events'],
    notes:
      'With knownAt: by the events and policies that had been recorded by then; expired holds count for nothing from ' +
      'their deadline on. A SKU that was opened later has no revision and nothing to promise.',
  })
  async explain(
    @Param('sku', SkuPipe) sku: string,
    @Query() query: ExplanationQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExplanationView | undefined> {
    const { queries, clock } = this.service;
    const { channel } = query;
    const { knownAt } = momentOf(query, clock.now());
    if (knownAt !== undefined) {
      const then = explainedThen(await queries.explainAt(channel, sku, knownAt), channel, sku, knownAt);
      return withEtag({ request, reply }, { ...then, knownAt, happenedAt: null }, []);
    }
    const now = knownSku(foundOf(await queries.explain(channel, sku), channel), sku);
    return withEtag({ request, reply }, { ...now, knownAt: now.at, happenedAt: null }, ['at', 'knownAt']);
  }
}
