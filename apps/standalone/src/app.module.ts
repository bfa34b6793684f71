import { Module, type DynamicModule } from '@nestjs/common';
import { AvailabilityModule, type AvailabilityService } from '#apps/availability';
import { LedgerModule, type DeadLetterDesk, type Intake, type Ledger } from '#apps/ledger';
import { HEALTH, HealthController, ProblemsController, type Health, type KeyRing } from '#platform';

export type AppParts = {
  readonly ledger: Ledger;
  readonly availability: AvailabilityService;
  readonly keyRing: KeyRing;
  readonly deadLetters: DeadLetterDesk;
  readonly intake: Intake;
  readonly health: Health;
};

/** The services in one process. */
@Module({})
export class AppModule {
  static with({ ledger, availability, keyRing, deadLetters, intake, health }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [LedgerModule.with({ ledger, keyRing, deadLetters, intake }), AvailabilityModule.with(availability)],
      controllers: [HealthController, ProblemsController],
      providers: [{ provide: HEALTH, useFactory: () => health }],
    };
  }
}
