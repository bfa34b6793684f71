import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SetQuota, StockState } from '#stock';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { acceptedOf, type Accepted } from '../outcome-problem.js';

export class SetQuotaCommand {
  constructor(
    readonly asker: Asker,
    readonly sku: string,
    readonly wanted: Omit<SetQuota, 'kind' | 'connection'>,
  ) {}
}

@CommandHandler(SetQuotaCommand)
export class SetQuotaHandler implements ICommandHandler<SetQuotaCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  async execute({ asker, sku, wanted }: SetQuotaCommand): Promise<Accepted<StockState>> {
    const command: SetQuota = { kind: 'set_quota', connection: asker.connection, ...wanted };
    return acceptedOf(await this.ledger.ask(asker, sku, command));
  }
}
