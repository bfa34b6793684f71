import { Body, Controller, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import type { OrderPlace } from '../../composition/orders.js';
import type { OrderAnswer } from '../../orders/index.js';
import { AskerOf } from '../asker.decorator.js';
import { outcomeProblem } from '../outcome-problem.js';
import { CodePipe, KeyPipe } from '../path-codes.js';
import { BaselineOrderCommand } from './baseline-order.js';
import { BaselineRequest } from './baseline.request.js';
import { orderView, type OrderView } from './order.view.js';
import { OrderRequest } from './order.request.js';
import { RecordOrderCommand } from './record-order.js';

type Recorded = OrderPlace & Omit<Extract<OrderAnswer, { kind: 'recorded' }>, 'kind' | 'opened'> & { created: boolean };

@ApiTags('orders')
@Controller('v1/orders/:channel/:orderKey')
export class OrdersController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Put()
  @HttpCode(200)
  @Scopes('orders:write')
  @Answers('Takes in an order as a whole, versioned snapshot: a fact, in any order of arrival', {
    problems: ['unknown_channel', 'not_author', 'snapshot_reused', 'too_many_items', 'busy', 'outcome_unknown'],
    notes:
      'A version that is not newer than the last changes nothing. Each line answers committed, unsourced, unmapped or pending.',
  })
  async record(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Param('orderKey', KeyPipe) orderKey: string,
    @Body() request: OrderRequest,
  ): Promise<Recorded> {
    const place = { channel, orderKey };
    const command = new RecordOrderCommand(asker, place, request.toSnapshot());
    return recordedBy(place, await this.commands.execute<RecordOrderCommand, OrderAnswer>(command));
  }

  @Put('baseline')
  @HttpCode(200)
  @Scopes('ops')
  @Answers('Says what of an open order the opening figures know already: it is remembered and never posted', {
    problems: ['unknown_channel', 'already_baselined', 'too_many_items', 'busy', 'outcome_unknown'],
    notes: 'Once for each order, at first contact with a shop that sells already; the same again changes nothing.',
  })
  async baseline(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Param('orderKey', KeyPipe) orderKey: string,
    @Body() request: BaselineRequest,
  ): Promise<Recorded> {
    const place = { channel, orderKey };
    const lines = request.lines.map((line) => line.toLine());
    const command = new BaselineOrderCommand(asker, place, lines);
    return recordedBy(place, await this.commands.execute<BaselineOrderCommand, OrderAnswer>(command));
  }

  @Get()
  @Scopes('stock:read')
  @Answers('An order as it was recorded last, with its frozen lines and targets', { problems: ['unknown_order'] })
  async get(
    @Param('channel', CodePipe) channel: string,
    @Param('orderKey', KeyPipe) orderKey: string,
  ): Promise<OrderView> {
    const found = await this.ledger.orders.find({ channel, orderKey });
    if (!found) throw new ProblemError('unknown_order', { facts: { channel, orderKey } });
    return orderView({ channel, orderKey }, found);
  }
}

const recordedBy = (place: OrderPlace, answer: OrderAnswer): Recorded => {
  if (answer.kind === 'failed') throw outcomeProblem(answer.failure);
  const { kind: _kind, opened, ...rest } = answer;
  return { ...place, ...rest, created: opened };
};
