import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RunState } from '#observations';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { RunReport } from '../../composition/observations.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class ReceiveRunCommand {
  constructor(
    readonly asker: Asker,
    readonly run: RunReport,
  ) {}
}

@CommandHandler(ReceiveRunCommand)
export class ReceiveRunHandler implements ICommandHandler<ReceiveRunCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, run }: ReceiveRunCommand): Promise<Accepted<RunState>> {
    return acceptedOf(await this.ledger.observations.receive(asker, run));
  }
}
