import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ChannelPort } from '#channel-kit';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Connections } from '../../connections/index.js';
import type { KeptOrder } from '../../contracts/index.js';
import type { Shops } from '../../shops/shops.js';
import { Next } from '../shared/fields.js';
import { ChannelPipe } from '../shared/pipes.js';
import { troubleProblem, withSecrets } from '../shared/problems.js';
import { CONNECTIONS, SHOPS } from '../shared/tokens.js';
import { listingView, shopOrderView, type ListingView, type ShopOrderView } from './listing.view.js';

/** How long a shop may take: within what callers wait. */
const shopMillisMax = 30_000;

export class ListingsOfShopQuery {
  @Next(/^[\x21-\x7e]{1,512}$/u) cursor?: string;
}

@ApiTags('connections')
@Scopes('ops')
@Controller('v1/channels/:channel/connector')
export class ShopController {
  constructor(
    @Inject(CONNECTIONS) private readonly connections: Connections,
    @Inject(SHOPS) private readonly shops: Shops,
  ) {}

  @Get('listings')
  @Answers('What the shop sells, as it says itself at this moment, a page of its own size at a time', {
    problems: ['unknown_connection', 'shop_troubled', 'invalid_cursor'],
  })
  async listings(
    @Param('channel', ChannelPipe) channel: string,
    @Query() { cursor }: ListingsOfShopQuery,
  ): Promise<{ rows: readonly ListingView[]; next?: string }> {
    const port = await this.portOf(channel);
    const answer = await port.listings(cursor, AbortSignal.timeout(shopMillisMax));
    if (answer.kind === 'trouble') throw troubleProblem(answer.trouble);
    const { items, next } = answer.value;
    return { rows: items.map(listingView), ...(next !== undefined && { next }) };
  }

  @Get('open-orders')
  @Answers('Orders of the shop whose goods have not left, by its own states; each is asked for by its id', {
    problems: ['unknown_connection', 'shop_troubled'],
  })
  async openOrders(@Param('channel', ChannelPipe) channel: string): Promise<{ orders: readonly string[] }> {
    const port = await this.portOf(channel);
    const answer = await port.openOrders(AbortSignal.timeout(shopMillisMax));
    if (answer.kind === 'trouble') throw troubleProblem(answer.trouble);
    return { orders: answer.value };
  }

  @Get('orders/:order')
  @Answers('An order of the shop as it would be told to the ledger now; nothing is told', {
    problems: ['unknown_connection', 'unknown_shop_order', 'shop_troubled'],
  })
  async order(@Param('channel', ChannelPipe) channel: string, @Param('order') order: string): Promise<ShopOrderView> {
    const port = await this.portOf(channel);
    const answer = await port.order(order, AbortSignal.timeout(shopMillisMax));
    if (answer.kind === 'trouble') throw troubleProblem(answer.trouble);
    if (answer.value === undefined) throw new ProblemError('unknown_shop_order', { facts: { channel, order } });
    return shopOrderView(port.describe(answer.value));
  }

  private async portOf(channel: string): Promise<ChannelPort<KeptOrder>> {
    const connection = await this.connections.find(channel);
    if (connection === undefined) throw new ProblemError('unknown_connection', { facts: { channel } });
    return (await withSecrets(this.shops.open(connection))).port;
  }
}
