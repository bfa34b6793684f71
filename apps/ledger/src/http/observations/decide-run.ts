import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RejectRun, ReleaseRun, RunState } from '#observations';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { RunName } from '../../observations/index.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class DecideRunCommand {
  constructor(
    readonly asker: Asker,
    readonly name: RunName,
    readonly decision: ReleaseRun | RejectRun,
  ) {}
}

@CommandHandler(DecideRunCommand)
export class DecideRunHandler implements ICommandHandler<DecideRunCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, name, decision }: DecideRunCommand): Promise<Accepted<RunState>> {
    return acceptedOf(await this.ledger.observations.decide(asker, name, decision));
  }
}
