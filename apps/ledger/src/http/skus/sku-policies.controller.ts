import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { skuPolicyStream, type SkuPolicy } from '#atp';
import { Answers, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { AskerOf } from '../asker.decorator.js';
import { KeyPipe } from '../path-codes.js';
import { SetPolicyCommand } from '../policies/set-policy.js';
import { SkuPolicyRequest } from './sku-policy.request.js';

@ApiTags('skus')
@Controller('v1/skus/:sku/policy')
export class SkuPoliciesController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Put()
  @Scopes('policy:write')
  @Answers('Sets all terms that a SKU has of its own in channels; those that stand already change nothing', {
    problems: ['unknown_channel', 'policy_changed', 'too_many_sku_policies'],
    notes: 'The SKU may still be unknown: its first unit is then sold by these terms.',
  })
  async set(
    @AskerOf() asker: Asker,
    @Param('sku', KeyPipe) sku: string,
    @Body() request: SkuPolicyRequest,
  ): Promise<SkuPolicy> {
    await this.commands.execute(new SetPolicyCommand(asker, request.toCommand(sku)));
    return this.one(sku);
  }

  @Get()
  @Scopes('stock:read')
  @Answers('The terms that a SKU has of its own, by channel; revision -1: it never had any')
  async one(@Param('sku', KeyPipe) sku: string): Promise<SkuPolicy> {
    const [found] = await this.ledger.lanes.skus.load([skuPolicyStream(sku)]);
    return { sku, channels: found?.state.channels ?? {}, revision: found?.revision ?? -1 };
  }
}
