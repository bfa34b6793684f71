import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { AskerOf } from '../asker.decorator.js';
import { itemDone, itemFailed, summaryOf, type ItemOutcome } from '../item-outcome.js';
import { acceptedOf, outcomeProblem } from '../outcome-problem.js';
import { movementAnswer, type MovementAnswer } from './movement.answer.js';
import { MovementBatchRequest } from './movement-batch.request.js';
import { examineMovement } from './movement.request.js';
import { MovementBody } from './movement-body.decorator.js';
import { ReportMovementCommand, type MovementOutcome } from './report-movement.js';

type BatchAnswer = { succeeded: number; failed: number; outcomes: ItemOutcome<MovementAnswer>[] };

@ApiTags('movements')
@Controller('v1/movements')
export class MovementsController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(200)
  @Scopes('movements:write')
  @MovementBody()
  @Answers('Reports one movement: a fact, posted once however often it is sent', {
    problems: [
      'not_author',
      'unknown_location',
      'fact_reused',
      'fact_moved',
      'command_id_reused',
      'busy',
      'outcome_unknown',
    ],
  })
  async report(@AskerOf() asker: Asker, @Body() body: unknown): Promise<MovementAnswer> {
    const examined = examineMovement(body);
    if ('problem' in examined) throw examined.problem;
    return movementAnswer(examined.request.sku, acceptedOf(await this.send(asker, examined.request)));
  }

  @Post('batch')
  @HttpCode(200)
  @Scopes('movements:write')
  @Answers('Reports up to 500 movements, each with its own outcome', { problems: ['too_many_items', 'too_few_items'] })
  async reportBatch(@AskerOf() asker: Asker, @Body() { items }: MovementBatchRequest): Promise<BatchAnswer> {
    const outcomes = await Promise.all(items.map((item, index) => this.reportItem(asker, item, index)));
    return { ...summaryOf(outcomes), outcomes };
  }

  private async reportItem(asker: Asker, item: unknown, index: number): Promise<ItemOutcome<MovementAnswer>> {
    const examined = examineMovement(item);
    if ('problem' in examined) return itemFailed(index, examined.problem);
    const outcome = await this.send(itemOf(asker, index), examined.request);
    if (outcome.kind !== 'accepted') return itemFailed(index, outcomeProblem(outcome));
    return itemDone(index, movementAnswer(examined.request.sku, outcome));
  }

  private send(...[asker, request]: ConstructorParameters<typeof ReportMovementCommand>): Promise<MovementOutcome> {
    return this.commands.execute<ReportMovementCommand, MovementOutcome>(new ReportMovementCommand(asker, request));
  }
}

/** An item without an id of its own has the request's with its place. */
const itemOf = (asker: Asker, index: number): Asker =>
  asker.idempotencyKey === undefined ? asker : { ...asker, idempotencyKey: `${asker.idempotencyKey}/${index}` };
