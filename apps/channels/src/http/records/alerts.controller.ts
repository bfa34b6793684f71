import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { Page } from '#read-model';
import {
  alertStates,
  expositionOf,
  expositionType,
  type AlertState,
  type KeptAlert,
  type Records,
} from '../../records/index.js';
import { OptionalChannel, OptionalChoice, PageQuery, pageOf } from './fields.js';
import { RECORDS } from './tokens.js';

class AlertsQuery extends PageQuery {
  @OptionalChannel() channel?: string;
  @OptionalChoice(alertStates, 'Those that are open when left out') state?: AlertState;
}

@ApiTags('channels')
@Scopes('stock:read')
@Controller('v1/alerts')
export class AlertsController {
  constructor(@Inject(RECORDS) private readonly records: Pick<Records, 'alerts'>) {}

  @Get()
  @Answers('What is wrong with channels, or was, the newest first', {
    problems: ['invalid_cursor'],
    notes:
      'One for each cause while it is open; `times` says how often it was raised. `verb` is the command that helps.',
  })
  list(@Query() { channel, state = 'open', ...page }: AlertsQuery): Promise<Page<KeptAlert>> {
    return this.records.alerts.list({ channel, state }, pageOf(page));
  }

  @Get('metrics')
  @Header('content-type', expositionType)
  @Answers('How many alerts are open, by channel, code and level, as Prometheus reads it')
  async metrics(): Promise<string> {
    return expositionOf(await this.records.alerts.open());
  }
}
