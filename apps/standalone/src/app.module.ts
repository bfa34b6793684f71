import { Module, type DynamicModule } from '@nestjs/common';
import { AvailabilityModule, type AvailabilityService } from '#apps/availability';
import { LedgerModule, type LedgerModuleParts } from '#apps/ledger';
import { HEALTH, HealthController, ProblemsController, type Health } from '#platform';

export type AppParts = {
  readonly writing: LedgerModuleParts | undefined;
  readonly reading: AvailabilityService | undefined;
  readonly health: Health;
};

/** The services of this process. */
@Module({})
export class AppModule {
  static with({ writing, reading, health }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...(writing ? [LedgerModule.with(writing)] : []),
        ...(reading ? [AvailabilityModule.with(reading)] : []),
      ],
      controllers: [HealthController, ProblemsController],
      providers: [{ provide: HEALTH, useFactory: () => health }],
    };
  }
}
