import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Asker } from '../../composition/asker.js';
import type { CartWish, SetCartAnswer } from '../../composition/carts.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';

export class SetCartCommand {
  constructor(
    readonly asker: Asker,
    readonly wish: CartWish,
  ) {}
}

@CommandHandler(SetCartCommand)
export class SetCartHandler implements ICommandHandler<SetCartCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, wish }: SetCartCommand): Promise<SetCartAnswer> {
    return this.ledger.carts.set(asker, wish);
  }
}
