import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bytesOf, ProblemError, Public, TakesForms } from '#platform';
import { ChannelPipe } from '../shared/pipes.js';
import { withSecrets } from '../shared/problems.js';
import { HINT_DESK } from '../shared/tokens.js';
import type { HintDesk } from './hint-desk.js';

@ApiTags('connections')
@Controller('v1/channels/:channel/hints')
export class HintsController {
  constructor(@Inject(HINT_DESK) private readonly desk: HintDesk) {}

  @Post()
  @HttpCode(202)
  @Public()
  @TakesForms()
  @ApiOperation({
    summary: 'A message of the shop that something has happened: signed by its secret, without a key',
    description: 'A hint causes a read and nothing else; the same message again changes nothing.',
  })
  @ApiResponse({ status: 202, description: 'Taken down' })
  @ApiResponse({ status: 200, description: 'A message that only asks whether somebody hears it, of whatever channel' })
  @ApiResponse({ status: 401, description: '`message_unproven`: The message does not prove its sender' })
  async take(
    @Param('channel', ChannelPipe) channel: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Record<string, never>> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const heard = await withSecrets(this.desk.take({ channel, body: bytesOf(request), headers }));
    switch (heard.kind) {
      case 'greeted':
        reply.status(200);
        return {};
      case 'heard':
        return {};
      case 'unproven':
        throw new ProblemError('message_unproven');
      case 'too_many':
        throw new ProblemError('rate_limited', { retryAfterSeconds: heard.retryAfterSeconds });
    }
  }
}
