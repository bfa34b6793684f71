import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, parseTimestamp, ProblemError, Scopes } from '#platform';
import type { Page } from '#read-model';
import type { SyncEntry } from '../../contracts/index.js';
import type { LoggedEntry, Records, WholeEntry } from '../../records/index.js';
import { Channel, OptionalChoice, OptionalId, OptionalMoment, PageQuery, pageOf } from './fields.js';
import { RECORDS } from './tokens.js';

const outcomes = ['done', 'unknown', 'failed', 'skipped'] as const;

class SyncLogQuery extends PageQuery {
  @Channel() channel!: string;
  @OptionalId('order', 'Of this kind alone: order, stock, feed') resource?: string;
  @OptionalId('42:7', 'Of this order or row of the shop alone') externalId?: string;
  @OptionalChoice(outcomes, 'With this outcome; with any when left out') outcome?: SyncEntry['outcome'];
  @OptionalMoment('Not before') from?: string;
  @OptionalMoment('Before') before?: string;
}

@ApiTags('channels')
@Scopes('ops')
@Controller('v1/sync-log')
export class SyncLogController {
  constructor(@Inject(RECORDS) private readonly records: Pick<Records, 'syncLog'>) {}

  @Get()
  @Answers('What was tried with a shop, in both directions, the newest first', {
    problems: ['invalid_cursor'],
    notes: 'Rows are kept for 400 days. A change that is tried again is a row of its own.',
  })
  list(@Query() { channel, resource, externalId, outcome, from, before, ...page }: SyncLogQuery) {
    const time = { from: momentOf(from), before: momentOf(before) };
    const asked = { channel, resource, externalId, outcome, ...time };
    return this.records.syncLog.list(asked, pageOf(page)) satisfies Promise<Page<LoggedEntry>>;
  }

  @Get(':id')
  @Answers('One attempt with what was sent or read, without persons and keys', {
    problems: ['unknown_sync_entry'],
    notes:
      'Payloads are kept for 30 days: of failures, and of the last success of each key. A long one is its beginning.',
  })
  async find(@Param('id') id: string): Promise<WholeEntry> {
    const entry = await this.records.syncLog.find(id);
    if (entry === undefined) throw new ProblemError('unknown_sync_entry', { facts: { id } });
    return entry;
  }
}

const momentOf = (text: string | undefined) => (text === undefined ? undefined : parseTimestamp(text));
