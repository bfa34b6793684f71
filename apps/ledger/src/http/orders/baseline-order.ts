import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BaselineLine } from '#orders';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { OrderPlace } from '../../composition/orders.js';
import type { OrderAnswer } from '../../orders/index.js';

export class BaselineOrderCommand {
  constructor(
    readonly asker: Asker,
    readonly place: OrderPlace,
    readonly lines: readonly BaselineLine[],
  ) {}
}

/** People take a shop in, in the name of the connection whose orders they are. */
@CommandHandler(BaselineOrderCommand)
export class BaselineOrderHandler implements ICommandHandler<BaselineOrderCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, place, lines }: BaselineOrderCommand): Promise<OrderAnswer> {
    const { connection = asker.connection } = this.ledger.policies.book().channels.get(place.channel) ?? {};
    return this.ledger.orders.baseline({ ...asker, connection }, place, lines);
  }
}
