import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ChannelState, DefineChannel } from '#policies';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class DefineChannelCommand {
  constructor(
    readonly asker: Asker,
    readonly definition: DefineChannel,
  ) {}
}

@CommandHandler(DefineChannelCommand)
export class DefineChannelHandler implements ICommandHandler<DefineChannelCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, definition }: DefineChannelCommand): Promise<Accepted<ChannelState>> {
    return acceptedOf(await this.ledger.defineChannel(asker, definition));
  }
}
