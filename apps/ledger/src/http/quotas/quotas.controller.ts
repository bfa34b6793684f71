import { Body, Controller, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import { quotaIn, type QuotaStanding, type StockState } from '#stock';
import type { Asker } from '../../composition/asker.js';
import { AskerOf } from '../asker.decorator.js';
import type { Accepted } from '../outcome-problem.js';
import { CodePipe, KeyPipe } from '../path-codes.js';
import { QuotaRequest } from './quota.request.js';
import { SetQuotaCommand } from './set-quota.js';

type QuotaView = QuotaStanding & { readonly sku: string; readonly revision: number };

@ApiTags('stock')
@Controller('v1/stock/:sku/quotas')
export class QuotasController {
  constructor(private readonly commands: CommandBus) {}

  @Put(':channel/:location')
  @Scopes('policy:write')
  @Answers('Keeps units of a location for a channel: what is free now at once, the rest as it comes free', {
    problems: ['unknown_sku', 'unknown_channel', 'unknown_location', 'location_not_of_channel'],
  })
  async set(
    @AskerOf() asker: Asker,
    @Param('sku', KeyPipe) sku: string,
    @Param('channel', CodePipe) channel: string,
    @Param('location', CodePipe) location: string,
    @Body() { quantity, priority = 0 }: QuotaRequest,
  ): Promise<QuotaView> {
    const command = new SetQuotaCommand(asker, sku, { channel, location, quantity, priority });
    const { state, revision } = await this.commands.execute<SetQuotaCommand, Accepted<StockState>>(command);
    return { sku, revision, ...quotaIn(state, { channel, location }) };
  }
}
