import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Snapshot } from '#orders';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { OrderPlace } from '../../composition/orders.js';
import type { OrderAnswer } from '../../orders/index.js';

export class RecordOrderCommand {
  constructor(
    readonly asker: Asker,
    readonly place: OrderPlace,
    readonly snapshot: Snapshot,
  ) {}
}

@CommandHandler(RecordOrderCommand)
export class RecordOrderHandler implements ICommandHandler<RecordOrderCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, place, snapshot }: RecordOrderCommand): Promise<OrderAnswer> {
    return this.ledger.orders.record(asker, place, snapshot);
  }
}
