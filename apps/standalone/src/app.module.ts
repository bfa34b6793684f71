import { Module, type DynamicModule } from '@nestjs/common';
import { AvailabilityModule, type AvailabilityService } from '#apps/availability';
import { ChannelsModule, RecordsHttpModule, type ChannelSide } from '#apps/channels';
import { LedgerModule, type LedgerModuleParts } from '#apps/ledger';
import { HEALTH, HealthController, ProblemsController, type Health } from '#platform';

export type AppParts = {
  readonly writing: LedgerModuleParts | undefined;
  readonly reading: AvailabilityService | undefined;
  readonly channels: Pick<ChannelSide, 'http' | 'recordsHttp'> | undefined;
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
        ...(channels ? [ChannelsModule.with(channels.http), RecordsHttpModule.with(channels.recordsHttp)] : []),
      ],
      controllers: [HealthController, ProblemsController],
      providers: [{ provide: HEALTH, useFactory: () => health }],
    };
  }
}
