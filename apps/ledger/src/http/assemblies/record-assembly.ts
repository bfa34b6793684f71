import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AssemblyAnswer } from '../../assemblies/assembly-desk.js';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { AssemblyRequest } from './assembly.request.js';

export class RecordAssemblyCommand {
  constructor(
    readonly asker: Asker,
    readonly request: AssemblyRequest,
  ) {}
}

@CommandHandler(RecordAssemblyCommand)
export class RecordAssemblyHandler implements ICommandHandler<RecordAssemblyCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, request }: RecordAssemblyCommand): Promise<AssemblyAnswer> {
    const by = { connection: asker.connection, now: this.ledger.clock.now() };
    return this.ledger.assemble(asker, request.toReport(by), { momentGiven: request.occurredAt !== undefined });
  }
}
