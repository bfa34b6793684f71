import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LocationState, DefineLocation } from '#policies';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class DefineLocationCommand {
  constructor(
    readonly asker: Asker,
    readonly definition: DefineLocation,
  ) {}
}

@CommandHandler(DefineLocationCommand)
export class DefineLocationHandler implements ICommandHandler<DefineLocationCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, definition }: DefineLocationCommand): Promise<Accepted<LocationState>> {
    return acceptedOf(await this.ledger.defineLocation(asker, definition));
  }
}
