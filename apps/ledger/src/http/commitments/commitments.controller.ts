import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes, type ProblemCode } from '#platform';
import type { StockState } from '#stock';
import type { Asker } from '../../composition/asker.js';
import { AskerOf } from '../asker.decorator.js';
import type { Accepted } from '../outcome-problem.js';
import { AcknowledgementRequest } from './acknowledgement.request.js';
import { commitmentAnswer, type CommitmentAnswer } from './commitment.answer.js';
import { MoveRequest } from './move.request.js';
import { SpeakOfCommitmentCommand, type CommitmentCommand } from './speak-of-commitment.js';

const problems: readonly ProblemCode[] = [
  'unknown_sku',
  'unknown_channel',
  'unknown_location',
  'unknown_order_line',
  'not_author',
  'not_committed_there',
  'command_id_reused',
  'busy',
  'outcome_unknown',
];
const who =
  "The channel's connection may, the connection that reports issues at the location, and an operator. " +
  'Without an Idempotency-Key a request that comes twice is decided twice.';

@ApiTags('commitments')
@Scopes('orders:write')
@Controller('v1/commitments')
export class CommitmentsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('moves')
  @HttpCode(200)
  @Answers('Re-sources committed units of an order line: they are to come from another place', {
    problems: [...problems, 'location_not_open', 'location_short', 'insufficient'],
    notes: `${who} Units of a short pick wait in quarantine; the adjustment that follows takes them from there.`,
  })
  move(@AskerOf() asker: Asker, @Body() request: MoveRequest): Promise<CommitmentAnswer> {
    return this.speak(asker, request.sku, request.toCommand(asker.connection));
  }

  @Post('acknowledgements')
  @HttpCode(200)
  @Answers('Says that a warehouse was asked for committed units, has said yes, or has said no', {
    problems,
    notes: `${who} Units that were asked for stay committed after a cancellation, until they are refused or issued.`,
  })
  acknowledge(@AskerOf() asker: Asker, @Body() request: AcknowledgementRequest): Promise<CommitmentAnswer> {
    return this.speak(asker, request.sku, request.toCommand(asker.connection));
  }

  private async speak(asker: Asker, sku: string, command: CommitmentCommand): Promise<CommitmentAnswer> {
    const asked = new SpeakOfCommitmentCommand(asker, sku, command);
    const accepted = await this.commands.execute<SpeakOfCommitmentCommand, Accepted<StockState>>(asked);
    return commitmentAnswer(sku, command.order, accepted);
  }
}
