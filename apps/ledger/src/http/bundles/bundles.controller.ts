import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { BundleRecipe } from '#atp';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { AskerOf } from '../asker.decorator.js';
import { KeyPipe } from '../path-codes.js';
import { SetPolicyCommand } from '../policies/set-policy.js';
import { BundleRequest } from './bundle.request.js';

@ApiTags('bundles')
@Controller('v1/bundles/:sku')
export class BundlesController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Put()
  @Scopes('policy:write')
  @Answers('Says what a SKU that is sold but never stocked stands for; what stands already changes nothing', {
    problems: ['policy_changed', 'bundle_in_itself', 'bundle_too_deep', 'sku_has_stock', 'duplicate_item'],
    notes: 'Orders keep the recipe under which they were first seen. A recipe without components ends the bundle.',
  })
  async set(
    @AskerOf() asker: Asker,
    @Param('sku', KeyPipe) sku: string,
    @Body() request: BundleRequest,
  ): Promise<BundleRecipe> {
    await this.commands.execute(new SetPolicyCommand(asker, request.toCommand(sku)));
    return this.recipeOf(sku) ?? { sku, components: [], revision: request.revision };
  }

  @Get()
  @Scopes('stock:read')
  @Answers('The recipe of a bundle; one that has ended has no components', { problems: ['unknown_bundle'] })
  one(@Param('sku', KeyPipe) sku: string): BundleRecipe {
    const recipe = this.recipeOf(sku);
    if (recipe) return recipe;
    throw new ProblemError('unknown_bundle', { field: 'sku', facts: { sku } });
  }

  private recipeOf(sku: string): BundleRecipe | undefined {
    return this.ledger.policies.book().bundles.get(sku);
  }
}
