import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AcknowledgeCommitment, MoveCommitment, StockState } from '#stock';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

/** What is said of the units that an order line has committed. */
export type CommitmentCommand = MoveCommitment | AcknowledgeCommitment;

export class SpeakOfCommitmentCommand {
  constructor(
    readonly asker: Asker,
    readonly sku: string,
    readonly command: CommitmentCommand,
  ) {}
}

@CommandHandler(SpeakOfCommitmentCommand)
export class SpeakOfCommitmentHandler implements ICommandHandler<SpeakOfCommitmentCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, sku, command }: SpeakOfCommitmentCommand): Promise<Accepted<StockState>> {
    return acceptedOf(await this.ledger.ask(asker, sku, command));
  }
}
