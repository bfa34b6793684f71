import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { BundleRecipe } from '#atp';
import { Answers, Scopes } from '#platform';
import type { Page } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { PageQuery, pageOf } from '../shared/page.request.js';

@ApiTags('bundles')
@Scopes('stock:read')
@Controller('v1/bundles')
export class BundlesQueryController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get()
  @Answers('Every recipe, in the order of SKUs; one that has ended has no components', { problems: ['invalid_cursor'] })
  list(@Query() page: PageQuery): Promise<Page<BundleRecipe>> {
    return this.service.queries.bundles(pageOf(page));
  }
}
