import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LocationPolicyState, LocationCommand } from '#policies';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class SetLocationCommand {
  constructor(
    readonly asker: Asker,
    readonly wanted: LocationCommand,
  ) {}
}

@CommandHandler(SetLocationCommand)
export class SetLocationHandler implements ICommandHandler<SetLocationCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, wanted }: SetLocationCommand): Promise<Accepted<LocationPolicyState>> {
    return acceptedOf(await this.ledger.setLocation(asker, wanted));
  }
}
