import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { Connections } from './connections/index.js';
import type { Alerts, Workers } from './contracts/index.js';
import { ConnectionsController } from './http/connections/connections.controller.js';
import { ConnectorController } from './http/connections/connector.controller.js';
import type { HintDesk } from './http/hints/hint-desk.js';
import { HintsController } from './http/hints/hints.controller.js';
import { JobsController } from './http/jobs/jobs.controller.js';
import type { KnownChannels } from './http/shared/known-channels.js';
import { ALERTS, CONNECTIONS, HINT_DESK, KNOWN_CHANNELS, SHOPS, WORKERS } from './http/shared/tokens.js';
import { ShopController } from './http/shop/shop.controller.js';
import { VanishedOrdersController } from './http/shop/vanished-orders.controller.js';
import type { Shops } from './shops/shops.js';

/** What the channels' HTTP stands on: started before, stopped after. */
export type ChannelsModuleParts = {
  readonly connections: Connections;
  readonly channels: KnownChannels;
  readonly shops: Shops;
  readonly workers: Workers;
  readonly alerts: Alerts;
  readonly hints: HintDesk;
};

const controllers: Type[] = [
  ConnectionsController,
  ConnectorController,
  HintsController,
  JobsController,
  ShopController,
  VanishedOrdersController,
];

/** The workers of shops over HTTP. */
@Module({})
export class ChannelsModule {
  static with({ connections, channels, shops, workers, alerts, hints }: ChannelsModuleParts): DynamicModule {
    return {
      module: ChannelsModule,
      controllers,
      providers: [
        { provide: CONNECTIONS, useFactory: () => connections },
        { provide: KNOWN_CHANNELS, useFactory: () => channels },
        { provide: SHOPS, useFactory: () => shops },
        { provide: WORKERS, useFactory: () => workers },
        { provide: ALERTS, useFactory: () => alerts },
        { provide: HINT_DESK, useFactory: () => hints },
      ],
    };
  }
}
