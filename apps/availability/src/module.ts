import { Module, type DynamicModule } from '@nestjs/common';
import { AVAILABILITY, type AvailabilityService } from './composition/start-availability.js';
import { AvailabilityController } from './http/availability/availability.controller.js';
import { BundlesQueryController } from './http/bundles/bundles-query.controller.js';
import { DiscrepanciesController } from './http/discrepancies/discrepancies.controller.js';
import { FeedController } from './http/feed/feed.controller.js';
import { IncomingController } from './http/incoming/incoming.controller.js';
import { ListingsQueryController } from './http/listings/listings-query.controller.js';
import { RunsController } from './http/observations/runs.controller.js';
import { OversoldController } from './http/oversold/oversold.controller.js';
import { PolicyHistoryController } from './http/policies/policy-history.controller.js';
import { StockController } from './http/stock/stock.controller.js';

/** The read side over HTTP. */
@Module({})
export class AvailabilityModule {
  static with(service: AvailabilityService): DynamicModule {
    return {
      module: AvailabilityModule,
      controllers: [
        FeedController,
        AvailabilityController,
        BundlesQueryController,
        DiscrepanciesController,
        IncomingController,
        ListingsQueryController,
        OversoldController,
        PolicyHistoryController,
        RunsController,
        StockController,
      ],
      providers: [{ provide: AVAILABILITY, useFactory: () => service }],
    };
  }
}
