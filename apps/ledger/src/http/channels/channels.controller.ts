import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { ChannelPolicy } from '#atp';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { AskerOf } from '../asker.decorator.js';
import type { Accepted } from '../outcome-problem.js';
import { CodePipe } from '../path-codes.js';
import { SetPolicyCommand } from '../policies/set-policy.js';
import { channelView, type ChannelView } from './channel.view.js';
import { ChannelChangeRequest, ChannelRequest } from './channel.request.js';

@ApiTags('channels')
@Controller('v1/channels')
export class ChannelsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Post()
  @HttpCode(200)
  @Scopes('policy:write')
  @Answers('Creates a channel; the same again changes nothing', { problems: ['already_defined', 'unknown_location'] })
  async create(@AskerOf() asker: Asker, @Body() request: ChannelRequest): Promise<ChannelView & { created: boolean }> {
    const command = new SetPolicyCommand(asker, request.toCommand());
    const accepted = await this.commands.execute<SetPolicyCommand, Accepted>(command);
    return { ...this.one(request.channel), created: accepted.opened };
  }

  @Put(':channel')
  @Scopes('policy:write')
  @Answers('Changes all terms of a channel; those that stand already change nothing', {
    problems: ['unknown_channel', 'unknown_location', 'policy_changed'],
  })
  async change(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Body() request: ChannelChangeRequest,
  ): Promise<ChannelView> {
    await this.commands.execute(new SetPolicyCommand(asker, request.toCommand(channel)));
    return this.one(channel);
  }

  @Get()
  @Scopes('stock:read')
  @Answers('Every channel, in the order of their codes')
  list(): { channels: ChannelView[] } {
    const channels = [...this.ledger.policies.book().channels.values()];
    return { channels: channels.sort(byCode).map(channelView) };
  }

  @Get(':channel')
  @Scopes('stock:read')
  @Answers('One channel', { problems: ['unknown_channel'] })
  one(@Param('channel', CodePipe) channel: string): ChannelView {
    const policy = this.ledger.policies.book().channels.get(channel);
    if (policy) return channelView(policy);
    throw new ProblemError('unknown_channel', { field: 'channel', facts: { channel } });
  }
}

const byCode = (a: ChannelPolicy, b: ChannelPolicy): number => (a.channel < b.channel ? -1 : 1);
