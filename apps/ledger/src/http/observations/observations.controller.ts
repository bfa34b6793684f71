import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { RunState } from '#observations';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { RunName } from '../../observations/index.js';
import { AskerOf } from '../asker.decorator.js';
import type { Accepted } from '../outcome-problem.js';
import { CodePipe, KeyPipe } from '../path-codes.js';
import { DecideRunCommand } from './decide-run.js';
import { ReceiveRunCommand } from './receive-run.js';
import { RejectRequest, ReleaseRequest, RowsQuery, RunRequest } from './run.request.js';
import { rowsPerPage, runPage, runView, startOf, type RunPage, type RunView } from './run.view.js';

type Decision = ConstructorParameters<typeof DecideRunCommand>[2];

const viewOf = ({ state }: Accepted<RunState>): RunView => {
  if (state !== null) return runView(state);
  throw new Error('A run was accepted and is not there');
};

@ApiTags('observations')
@Controller('v1/observations')
export class ObservationsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Post()
  @HttpCode(200)
  @Scopes('movements:write')
  @Answers('Takes in a run of absolute figures and judges it as a whole; the same again changes nothing', {
    problems: ['row_count_differs', 'duplicate_item', 'not_author', 'run_reused', 'count_too_old', 'unknown_location'],
    notes: 'Figures of an accepted run are compared on their SKUs a moment later. A held run waits for a person.',
  })
  async receive(@AskerOf() asker: Asker, @Body() request: RunRequest): Promise<RunView & { repeated: boolean }> {
    const accepted = await this.commands.execute<ReceiveRunCommand, Accepted<RunState>>(
      new ReceiveRunCommand(asker, request.toRun()),
    );
    return { ...viewOf(accepted), repeated: accepted.events.length === 0 };
  }

  @Get('runs/:connection/:run')
  @Scopes('stock:read')
  @Answers('A run with its rows beside what the ledger expects of that moment, by page', {
    problems: ['unknown_run', 'invalid_cursor'],
  })
  async one(
    @Param('connection', CodePipe) connection: string,
    @Param('run', KeyPipe) run: string,
    @Query() { cursor }: RowsQuery,
  ): Promise<RunPage> {
    const found = await this.ledger.observations.find({ connection, run });
    if (!found) throw new ProblemError('unknown_run', { facts: { connection, run } });
    const from = startOf(found, cursor);
    return runPage(found, from, await this.ledger.observations.compare(found, from, rowsPerPage));
  }

  @Post('runs/:connection/:run/release')
  @HttpCode(200)
  @Scopes('ops')
  @Answers('Posts rows of a held run at once, all of them or the named ones', {
    problems: ['unknown_run', 'run_not_held', 'row_not_in_run', 'count_too_old'],
  })
  async release(
    @AskerOf() asker: Asker,
    @Param('connection', CodePipe) connection: string,
    @Param('run', KeyPipe) run: string,
    @Body() { skus, reason }: ReleaseRequest,
  ): Promise<RunView> {
    return this.decide(asker, { connection, run }, { command: 'release', reason, ...(skus && { skus }) });
  }

  @Post('runs/:connection/:run/reject')
  @HttpCode(200)
  @Scopes('ops')
  @Answers('Ends a held run: what has not been released never will be', { problems: ['unknown_run', 'run_not_held'] })
  async reject(
    @AskerOf() asker: Asker,
    @Param('connection', CodePipe) connection: string,
    @Param('run', KeyPipe) run: string,
    @Body() { reason }: RejectRequest,
  ): Promise<RunView> {
    return this.decide(asker, { connection, run }, { command: 'reject', reason });
  }

  private async decide(asker: Asker, name: RunName, decision: Decision): Promise<RunView> {
    return viewOf(
      await this.commands.execute<DecideRunCommand, Accepted<RunState>>(new DecideRunCommand(asker, name, decision)),
    );
  }
}
