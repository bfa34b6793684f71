import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { AssemblyAnswer } from '../../assemblies/assembly-desk.js';
import type { Asker } from '../../composition/asker.js';
import { AskerOf } from '../asker.decorator.js';
import { outcomeProblem } from '../outcome-problem.js';
import { AssemblyRequest } from './assembly.request.js';
import { RecordAssemblyCommand } from './record-assembly.js';

type Recorded = Omit<Extract<AssemblyAnswer, { kind: 'recorded' }>, 'kind' | 'opened'>;

@ApiTags('assemblies')
@Controller('v1/assemblies')
export class AssembliesController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Scopes('movements:write')
  @Answers('Reports what was made of what, as a whole: a fact over several SKUs, posted once on each', {
    problems: ['not_author', 'unknown_location', 'fact_reused', 'duplicate_item', 'busy', 'outcome_unknown'],
    notes: 'A higher version corrects it. A SKU that is `pending` hears its part by itself, also after a crash.',
  })
  async record(@AskerOf() asker: Asker, @Body() request: AssemblyRequest): Promise<Recorded & { created: boolean }> {
    const command = new RecordAssemblyCommand(asker, request);
    const answer = await this.commands.execute<RecordAssemblyCommand, AssemblyAnswer>(command);
    if (answer.kind === 'failed') throw outcomeProblem(answer.failure);
    const { kind: _kind, opened, ...rest } = answer;
    return { ...rest, created: opened };
  }
}
