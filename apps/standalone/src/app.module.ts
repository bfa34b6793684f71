import { Module, type DynamicModule } from '@nestjs/common';
import { AvailabilityModule, type AvailabilityService } from '#apps/availability';
import { ChannelsModule, type ChannelsModuleParts } from '#apps/channels';
import { LedgerModule, type LedgerModuleParts } from '#apps/ledger';
import { HEALTH, HealthController, ProblemsController, type Health } from '#platform';

export type AppParts = {
  readonly writing: LedgerModuleParts | undefined;
  readonly reading: AvailabilityService | undefined;
  readonly channels: ChannelsModuleParts | undefined;
  readonly health: Health;
};

/** The services of this process. */
@Module({})
export class AppModule {
  static with({ writing, reading, channels, health }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...(writing ? [LedgerModule.with(writing)] : []),
        ...(reading ? [AvailabilityModule.with(reading)] : []),
        ...(channels ? [ChannelsModule.with(channels)] : []),
      ],
      controllers: [HealthController, ProblemsController],
      providers: [{ provide: HEALTH, useFactory: () => health }],
    };
  }
}
