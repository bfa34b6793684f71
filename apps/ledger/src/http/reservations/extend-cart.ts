import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Asker } from '../../composition/asker.js';
import type { CartPlace } from '../../composition/carts.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { CartHolds } from '../../reservations/index.js';

export class ExtendCartCommand {
  constructor(
    readonly asker: Asker,
    readonly wish: CartPlace & { readonly ttlMillis?: number },
  ) {}
}

@CommandHandler(ExtendCartCommand)
export class ExtendCartHandler implements ICommandHandler<ExtendCartCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, wish }: ExtendCartCommand): Promise<CartHolds> {
    return this.ledger.carts.extend(asker, wish);
  }
}
