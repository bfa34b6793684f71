import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { KeyRing } from '#platform';
import { LEDGER, type Ledger } from './composition/ledger.js';
import type { DeadLetterDesk } from './intake/dead-letter-desk.js';
import type { Intake } from './intake/start-intake.js';
import { AssembliesController } from './http/assemblies/assemblies.controller.js';
import { RecordAssemblyHandler } from './http/assemblies/record-assembly.js';
import { BundlesController } from './http/bundles/bundles.controller.js';
import { ChannelsController } from './http/channels/channels.controller.js';
import { CommitmentsController } from './http/commitments/commitments.controller.js';
import { SpeakOfCommitmentHandler } from './http/commitments/speak-of-commitment.js';
import { HandlerCheck } from './http/handler-check.js';
import { KEY_RING } from './http/keys/key-ring.token.js';
import { KeysController } from './http/keys/keys.controller.js';
import { ListingsController } from './http/listings/listings.controller.js';
import { MapListingsHandler } from './http/listings/map-listings.js';
import { LocationsController } from './http/locations/locations.controller.js';
import { DecideRunHandler } from './http/observations/decide-run.js';
import { ObservationsController } from './http/observations/observations.controller.js';
import { ReceiveRunHandler } from './http/observations/receive-run.js';
import { DeadLettersController } from './http/messages/dead-letters.controller.js';
import { IntakeController } from './http/messages/intake.controller.js';
import { DEAD_LETTERS, INTAKE } from './http/messages/tokens.js';
import { MovementsController } from './http/movements/movements.controller.js';
import { ReportMovementHandler } from './http/movements/report-movement.js';
import { BaselineOrderHandler } from './http/orders/baseline-order.js';
import { OrdersController } from './http/orders/orders.controller.js';
import { RecordOrderHandler } from './http/orders/record-order.js';
import { SetPolicyHandler } from './http/policies/set-policy.js';
import { ExtendCartHandler } from './http/reservations/extend-cart.js';
import { ReleaseCartHandler } from './http/reservations/release-cart.js';
import { QuotasController } from './http/quotas/quotas.controller.js';
import { SetQuotaHandler } from './http/quotas/set-quota.js';
import { ReservationsController } from './http/reservations/reservations.controller.js';
import { SetCartHandler } from './http/reservations/set-cart.js';
import { SkuPoliciesController } from './http/skus/sku-policies.controller.js';

/** What the write side's HTTP stands on: started before, stopped after. */
export type LedgerModuleParts = {
  readonly ledger: Ledger;
  readonly keyRing: KeyRing;
  readonly deadLetters: DeadLetterDesk;
  readonly intake: Intake;
};

const controllers: Type[] = [
  AssembliesController,
  BundlesController,
  ChannelsController,
  CommitmentsController,
  DeadLettersController,
  IntakeController,
  KeysController,
  ListingsController,
  LocationsController,
  MovementsController,
  ObservationsController,
  OrdersController,
  QuotasController,
  ReservationsController,
  SkuPoliciesController,
];

/** One handler for each command; a second one for the same would silently win, so `HandlerCheck` refuses to start. */
const handlers: Provider[] = [
  RecordAssemblyHandler,
  BaselineOrderHandler,
  DecideRunHandler,
  ExtendCartHandler,
  MapListingsHandler,
  ReceiveRunHandler,
  RecordOrderHandler,
  ReleaseCartHandler,
  ReportMovementHandler,
  SetCartHandler,
  SetQuotaHandler,
  SetPolicyHandler,
  SpeakOfCommitmentHandler,
];

/** The write side over HTTP. */
@Module({})
export class LedgerModule {
  static with({ ledger, keyRing, deadLetters, intake }: LedgerModuleParts): DynamicModule {
    return {
      module: LedgerModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [
        ...handlers,
        HandlerCheck,
        { provide: LEDGER, useFactory: () => ledger },
        { provide: KEY_RING, useFactory: () => keyRing },
        { provide: DEAD_LETTERS, useFactory: () => deadLetters },
        { provide: INTAKE, useFactory: () => intake },
      ],
    };
  }
}
