import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-sourcing';
import type { ChannelCommand, LocationCommand, PolicyRefusal, SetBundle, SetSkuPolicy } from '#policies';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

type PolicyCommand = ChannelCommand | LocationCommand | SetSkuPolicy | SetBundle;

/** Whatever is decided on a policy's stream. */
export class SetPolicyCommand {
  constructor(
    readonly asker: Asker,
    readonly wanted: PolicyCommand,
  ) {}
}

@CommandHandler(SetPolicyCommand)
export class SetPolicyHandler implements ICommandHandler<SetPolicyCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, wanted }: SetPolicyCommand): Promise<Accepted> {
    return acceptedOf(await outcomeOf(this.ledger, asker, wanted));
  }
}

const outcomeOf = (ledger: Ledger, asker: Asker, wanted: PolicyCommand): Promise<Outcome<unknown, PolicyRefusal>> => {
  switch (wanted.kind) {
    case 'define_channel':
    case 'change_channel':
      return ledger.setChannel(asker, wanted);
    case 'define_location':
    case 'change_location':
      return ledger.setLocation(asker, wanted);
    case 'set_sku_policy':
      return ledger.setSkuPolicy(asker, wanted);
    case 'set_bundle':
      return ledger.setBundle(asker, wanted);
    default:
      return wanted satisfies never;
  }
};
