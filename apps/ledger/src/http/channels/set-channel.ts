import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ChannelState, ChannelCommand } from '#policies';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class SetChannelCommand {
  constructor(
    readonly asker: Asker,
    readonly wanted: ChannelCommand,
  ) {}
}

@CommandHandler(SetChannelCommand)
export class SetChannelHandler implements ICommandHandler<SetChannelCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, wanted }: SetChannelCommand): Promise<Accepted<ChannelState>> {
    return acceptedOf(await this.ledger.setChannel(asker, wanted));
  }
}
