import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Asker } from '../../composition/asker.js';
import type { CartPlace } from '../../composition/carts.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { CartHolds } from '../../reservations/index.js';

export class ReleaseCartCommand {
  constructor(
    readonly asker: Asker,
    readonly place: CartPlace,
  ) {}
}

@CommandHandler(ReleaseCartCommand)
export class ReleaseCartHandler implements ICommandHandler<ReleaseCartCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, place }: ReleaseCartCommand): Promise<CartHolds> {
    return this.ledger.carts.release(asker, place);
  }
}
