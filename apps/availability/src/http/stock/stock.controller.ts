import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Scopes } from '#platform';
import type { BalanceAt } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { withEtag } from '../shared/etag.js';
import { knownSku } from '../shared/found.js';
import { pageOf } from '../shared/page.request.js';
import { SkuPipe } from '../shared/path.pipes.js';
import { HistoryQuery } from './history.request.js';
import { historyView, type HistoryView } from './history.view.js';
import { asksForMoment, momentOf, momentView, type MomentView } from './moment.js';
import { SkuStockQuery } from './sku-stock.request.js';
import { stockCsv } from './stock-csv.js';
import { StockQuery } from './stock.request.js';

type StockPage = MomentView & { readonly rows: readonly BalanceAt[]; readonly next?: string };

@ApiTags('stock')
@Controller('v1/stock')
export class StockController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get()
  @Scopes('history:read')
  @Answers('Stock of every SKU at a moment, by page; or all of it as CSV', {
    problems: ['invalid_cursor', 'moment_in_future'],
  })
  async all(
    @Query() query: StockQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockPage | NodeJS.ReadableStream | undefined> {
    const moment = momentOf(query, this.service.clock.now());
    if (wantsCsv(query, request)) {
      void reply.header('content-type', 'text/csv; charset=utf-8; header=present');
      return stockCsv(this.service.queries, moment);
    }
    const { rows, next, moment: used } = await this.service.queries.stockAt(moment, pageOf(query));
    const page = { ...momentView(used), rows, ...(next !== undefined && { next }) };
    return withEtag({ request, reply }, page, query.knownAt === undefined ? ['knownAt', 'knownTo'] : ['knownTo']);
  }

  @Get(':sku')
  @Scopes('stock:read')
  @Answers('Stock of a SKU by location and bucket, now or at a moment', {
    problems: ['unknown_sku', 'moment_in_future'],
  })
  async one(
    @Param('sku', SkuPipe) sku: string,
    @Query() query: SkuStockQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const { queries, clock } = this.service;
    if (asksForMoment(query)) {
      const then = knownSku(await queries.stockOfAt(sku, momentOf(query, clock.now())), sku);
      return withEtag({ request, reply }, { sku, ...momentView(then.moment), locations: then.locations }, ['knownTo']);
    }
    const stock = knownSku(await queries.stockOf(sku), sku);
    return withEtag({ request, reply }, { ...stock, knownAt: stock.at, happenedAt: null }, ['at', 'knownAt']);
  }

  @Get(':sku/history')
  @Scopes('history:read')
  @Answers('Every event of a SKU with what it left behind', { problems: ['unknown_sku', 'invalid_cursor'] })
  async history(
    @Param('sku', SkuPipe) sku: string,
    @Query() query: HistoryQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HistoryView | undefined> {
    const knownAt = this.service.clock.now();
    const direction = query.order === 'asc' ? 'asc' : 'desc';
    const page = knownSku(await this.service.queries.historyOf(sku, { ...pageOf(query), direction }), sku);
    return withEtag({ request, reply }, historyView(sku, knownAt, page), ['knownAt']);
  }
}

const wantsCsv = ({ format }: StockQuery, { headers }: FastifyRequest): boolean =>
  format === 'csv' || (format === undefined && (headers.accept ?? '').startsWith('text/csv'));
