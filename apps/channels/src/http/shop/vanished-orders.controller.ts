import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instantOf, type Instant } from '#event-sourcing';
import { Answers, Scopes } from '#platform';
import { cursorOf, keyOfCursor, pageOf, rowsOf, type Page } from '#read-model';
import type { VanishedOrder, Workers } from '../../contracts/index.js';
import { PageQuery, pageOf as pageAsked } from '../records/fields.js';
import { ChannelPipe } from '../shared/pipes.js';
import { WORKERS } from '../shared/tokens.js';

type Shown = Omit<VanishedOrder, 'vanishedAt'> & { readonly vanishedAt: Instant };

@ApiTags('connections')
@Scopes('ops')
@Controller('v1/channels/:channel/connector/vanished-orders')
export class VanishedOrdersController {
  constructor(@Inject(WORKERS) private readonly workers: Pick<Workers, 'vanished'>) {}

  @Get()
  @Answers('Orders that the shop had and does not have any more, by their keys in the ledger', {
    problems: ['invalid_cursor'],
    notes: 'What they hold stays committed until they are cancelled: PUT /v1/orders/{channel}/{orderKey}.',
  })
  async list(@Param('channel', ChannelPipe) channel: string, @Query() query: PageQuery): Promise<Page<Shown>> {
    const asked = pageAsked(query);
    const [after = ''] = asked.after === undefined ? [] : keyOfCursor(asked.after, 1);
    const size = rowsOf(asked);
    const rows = await this.workers.vanished(channel, after, size + 1);
    const shown = rows.map(({ vanishedAt, ...order }) => ({ ...order, vanishedAt: instantOf(vanishedAt) }));
    return pageOf(shown, size, ({ orderKey }) => cursorOf(orderKey));
  }
}
