import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-sourcing';
import type { StockRefusal } from '#stock';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { MovementRequest } from './movement.request.js';

export type MovementOutcome = Outcome<unknown, StockRefusal>;

export class ReportMovementCommand {
  constructor(
    readonly asker: Asker,
    readonly request: MovementRequest,
  ) {}
}

@CommandHandler(ReportMovementCommand)
export class ReportMovementHandler implements ICommandHandler<ReportMovementCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, request }: ReportMovementCommand): Promise<MovementOutcome> {
    return reportMovement(this.ledger, asker, request);
  }
}

/** A movement that came in by any way; its own id stands before the request's. */
export const reportMovement = (
  ledger: Pick<Ledger, 'report' | 'clock'>,
  asker: Asker,
  request: MovementRequest,
): Promise<MovementOutcome> => {
  const by = { connection: asker.connection, now: ledger.clock.now() };
  const own = request.id === undefined ? asker : { ...asker, idempotencyKey: request.id };
  return ledger.report(own, request.sku, request.toCommand(by), {
    momentGiven: request.occurredAt !== undefined,
  });
};
