import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Clock } from '#event-sourcing';
import { Answers, ProblemError, Scopes, type AuthenticatedRequest } from '#platform';
import type { Page } from '#read-model';
import { AdjustmentUndecidedError, type KeptFinding, type Records, type Resolved } from '../../records/index.js';
import { pageOf } from './fields.js';
import { FindingsQuery, ResolutionRequest } from './findings.request.js';
import { doneOf, type ResolutionAnswer } from './resolution.answer.js';
import { CLOCK, RECORDS } from './tokens.js';

/** Whole seconds after which a look at what was said makes sense. */
const retryAfterSeconds = 5;

@ApiTags('channels')
@Controller('v1/findings')
export class FindingsController {
  constructor(
    @Inject(RECORDS) private readonly records: Pick<Records, 'findings' | 'desk'>,
    @Inject(CLOCK) private readonly clock: Pick<Clock, 'now'>,
  ) {}

  @Get()
  @Scopes('stock:read')
  @Answers('Readings of shops that nobody expected, the newest first', {
    problems: ['invalid_cursor'],
    notes:
      'Rises of a row whose finding is `open`, `counting` or `snoozed` wait for a person; falls go on. `resolvable`: what stood ' +
      'too high was written over, and may be said to have been right. Units are of the listing.',
  })
  list(@Query() { channel, sku, state = 'open', ...page }: FindingsQuery): Promise<Page<KeptFinding>> {
    return this.records.findings.list({ channel, sku, state }, pageOf(page));
  }

  @Get(':id')
  @Scopes('stock:read')
  @Answers('One finding with what people have said of it', { problems: ['unknown_finding'] })
  async find(@Param('id') id: string) {
    const finding = await this.records.findings.find(id);
    if (finding === undefined) throw new ProblemError('unknown_finding', { facts: { id } });
    return { ...finding, resolutions: await this.records.desk.resolutionsOf(id) };
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Scopes('ops')
  @Answers('Says what is right, and does what follows from it, once', {
    problems: [
      'unknown_finding',
      'finding_resolved',
      'finding_being_resolved',
      'finding_only_noted',
      'row_not_held',
      'row_not_listed',
      'time_range_unfit',
      'missing_field',
      'unknown_field',
      'unknown_location',
    ],
    notes:
      '`shop_is_right` adjusts the SKU at `location` in the name of the operator, then lets the row go on; `ledger_is_right` only ' +
      'lets it go on. `shop_missed_orders`, `count_it` and `snooze` leave it waiting. With `dryRun` nothing is done.',
  })
  async resolve(
    @Req() request: AuthenticatedRequest,
    @Param('id') finding: string,
    @Body() body: ResolutionRequest,
  ): Promise<ResolutionAnswer> {
    const { reason, dryRun } = body;
    const asked = { finding, saying: body.toSaying(this.clock.now()), actor: actorOf(request), reason };
    const { desk } = this.records;
    return doneOf(finding, await (dryRun === true ? desk.plan(asked) : desk.resolve(asked).catch(undecided)));
  }
}

const actorOf = ({ principal }: AuthenticatedRequest): string => {
  if (!principal) throw new Error('This route is not protected by a key');
  return principal.keyId;
};

/** What was said stands and is carried on; the answer is that it is not done yet. */
const undecided = (error: unknown): Promise<Resolved> => {
  if (error instanceof AdjustmentUndecidedError)
    throw new ProblemError('unavailable', { retryAfterSeconds, detail: 'It is noted, and goes on by itself' });
  throw error;
};
