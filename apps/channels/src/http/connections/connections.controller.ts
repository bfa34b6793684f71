import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { Connections } from '../../connections/index.js';
import type { ChannelConnection } from '../../contracts/index.js';
import { CONNECTIONS } from '../shared/tokens.js';

@ApiTags('connections')
@Scopes('ops')
@Controller('v1/connections')
export class ConnectionsController {
  constructor(@Inject(CONNECTIONS) private readonly connections: Connections) {}

  @Get()
  @Answers('Every channel that has a connector, without secrets, and the kinds of shops that there are')
  async list(): Promise<{ connections: readonly ChannelConnection[]; kinds: readonly string[] }> {
    return { connections: await this.connections.list(), kinds: [...this.connections.kinds.keys()] };
  }
}
