import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ProblemError, Scopes, WhoAsks, type Principal } from '#platform';
import { defaultKind } from '../../connections/kinds/kinds.js';
import type { ConnectionHistoryRow, Connections, ShownConnection } from '../../connections/index.js';
import type { Alerts, Workers, WorkerStatus } from '../../contracts/index.js';
import type { KnownChannels } from '../shared/known-channels.js';
import { ChannelPipe } from '../shared/pipes.js';
import { doneOf, type Done, unknownChannel } from '../shared/problems.js';
import { ALERTS, CONNECTIONS, KNOWN_CHANNELS, WORKERS } from '../shared/tokens.js';
import {
  ConnectorChangeRequest,
  ConnectorRequest,
  HistoryQuery,
  LadderRequest,
  WantedRequest,
} from './connection.request.js';

type Shown = { readonly connection: ShownConnection; readonly worker: WorkerStatus };

/** Alerts of what pauses a channel without being asked to. */
const pauseCodes = ['clone_paused', 'shop_restored'] as const;

@ApiTags('connections')
@Scopes('ops')
@Controller('v1/channels/:channel/connector')
export class ConnectorController {
  constructor(
    @Inject(CONNECTIONS) private readonly connections: Connections,
    @Inject(KNOWN_CHANNELS) private readonly channels: KnownChannels,
    @Inject(WORKERS) private readonly workers: Workers,
    @Inject(ALERTS) private readonly alerts: Alerts,
  ) {}

  @Post()
  @HttpCode(200)
  @Answers('Gives a channel its shop, switched off; the same again changes nothing', {
    problems: [
      'unknown_channel',
      'not_ready',
      'already_connected',
      'unknown_kind',
      'settings_unfit',
      'secrets_missing',
      'secrets_key_missing',
    ],
  })
  async add(
    @WhoAsks() asker: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: ConnectorRequest,
  ): Promise<Done> {
    const connection = await this.channels.connectionOf(channel);
    if (connection === undefined) throw unknownChannel(channel);
    const { kind = defaultKind, settings, secrets } = request;
    const wanted = request.toWanted(asker.keyId);
    return doneOf(this.connections.add({ channel, connection, kind, settings, secrets }, wanted));
  }

  @Get()
  @Answers('The shop of a channel as it is set, without secrets, and how its worker stands', {
    problems: ['unknown_connection'],
  })
  async show(@Param('channel', ChannelPipe) channel: string): Promise<Shown> {
    const connection = await this.connections.show(channel);
    if (connection === undefined) throw new ProblemError('unknown_connection', { facts: { channel } });
    return { connection, worker: await this.workers.status(channel) };
  }

  @Put('settings')
  @Answers('Changes settings, secrets or both, over the revision that was read', {
    problems: ['unknown_connection', 'connection_changed', 'settings_unfit', 'secrets_unknown', 'secrets_key_missing'],
  })
  async change(
    @WhoAsks() asker: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: ConnectorChangeRequest,
  ): Promise<Done> {
    const wanted = request.toWanted(asker.keyId);
    const done = await doneOf(this.connections.change(channel, request.toChange(), wanted));
    if (done.changed && !wanted.dryRun && request.secrets) await this.alerts.settle(channel, 'secrets_locked');
    return this.told(channel, done, wanted);
  }

  @Put('ladder')
  @Answers('Goes to another rung: off, observe, shadow, canary, live; one up at a time, down to any', {
    problems: ['unknown_connection', 'connection_changed', 'not_a_step', 'canary_missing'],
  })
  async step(
    @WhoAsks() asker: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: LadderRequest,
  ): Promise<Done> {
    const wanted = request.toWanted(asker.keyId);
    return this.told(channel, await doneOf(this.connections.setLadder(channel, request.toStep(), wanted)), wanted);
  }

  @Post('pause')
  @HttpCode(200)
  @Answers('Writes nothing into the shop until somebody resumes; its orders are taken in as before', {
    problems: ['unknown_connection'],
  })
  async pause(
    @WhoAsks() asker: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: WantedRequest,
  ): Promise<Done> {
    const wanted = request.toWanted(asker.keyId);
    return this.told(channel, await doneOf(this.connections.pauseBy(channel, wanted)), wanted);
  }

  @Post('resume')
  @HttpCode(200)
  @Answers('Goes on with the rung on which the channel was paused', { problems: ['unknown_connection', 'not_paused'] })
  async resume(
    @WhoAsks() asker: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: WantedRequest,
  ): Promise<Done> {
    const wanted = request.toWanted(asker.keyId);
    return this.told(channel, await doneOf(this.connections.resume(channel, wanted)), wanted);
  }

  @Get('history')
  @Answers('Who has changed what, and why, the first change first', { problems: ['invalid_cursor'] })
  async history(
    @Param('channel', ChannelPipe) channel: string,
    @Query() { cursor }: HistoryQuery,
  ): Promise<{ rows: readonly ConnectionHistoryRow[]; next?: string }> {
    const rows = await this.connections.history(channel, cursor === undefined ? -1 : Number(cursor));
    const last = rows.at(-1);
    return { rows, ...(last !== undefined && { next: String(last.revision) }) };
  }

  /** The worker reads it again, and what a pause has raised is over with it. */
  private async told(channel: string, done: Done, { dryRun }: { readonly dryRun: boolean }): Promise<Done> {
    if (!done.changed || dryRun) return done;
    this.workers.changed(channel);
    if (done.connection.pausedFrom === undefined)
      for (const code of pauseCodes) await this.alerts.settle(channel, code);
    return done;
  }
}
