import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import { runStates, type Page, type RunRow } from '#read-model';
import { AVAILABILITY, type AvailabilityService } from '../../composition/start-availability.js';
import { Choice } from '../shared/fields.js';
import { PageQuery, pageOf } from '../shared/page.request.js';

class RunsQuery extends PageQuery {
  @Choice(runStates, 'Runs in this state; in any when left out') state?: (typeof runStates)[number];
}

@ApiTags('observations')
@Controller('v1/observations/runs')
export class RunsController {
  constructor(@Inject(AVAILABILITY) private readonly service: AvailabilityService) {}

  @Get()
  @Scopes('stock:read')
  @Answers('Runs of figures, with why each one was held', { problems: ['invalid_cursor'] })
  list(@Query() query: RunsQuery): Promise<Page<RunRow>> {
    return this.service.queries.runs(query.state, pageOf(query));
  }
}
