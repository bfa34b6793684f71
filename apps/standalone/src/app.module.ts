import { Module, type DynamicModule } from '@nestjs/common';
import { AvailabilityModule, type AvailabilityService } from '#apps/availability';
import { LedgerModule, type Ledger } from '#apps/ledger';
import { HEALTH, HealthController, ProblemsController, type Health, type KeyRing } from '#platform';

export type AppParts = {
  readonly ledger: Ledger;
  readonly availability: AvailabilityService;
  readonly keyRing: KeyRing;
  readonly health: Health;
};

/** The services in one process. */
@Module({})
export class AppModule {
  static with({ ledger, availability, keyRing, health }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [LedgerModule.with({ ledger, keyRing }), AvailabilityModule.with(availability)],
      controllers: [HealthController, ProblemsController],
      providers: [{ provide: HEALTH, useFactory: () => health }],
    };
  }
}
