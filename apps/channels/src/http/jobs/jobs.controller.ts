import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, ProblemError, Scopes, WhoAsks, type Principal } from '#platform';
import type { JobAnswer, JobProgress, Workers } from '../../contracts/index.js';
import { WantedRequest } from '../connections/connection.request.js';
import { ChannelPipe } from '../shared/pipes.js';
import { jobProblem } from '../shared/problems.js';
import { WORKERS } from '../shared/tokens.js';
import { RereadRequest, ResyncRequest } from './job.request.js';

type Begun = Exclude<JobAnswer, { readonly kind: 'refused' }>;

const problems = ['not_running', 'not_computing', 'shop_troubled'] as const;

@ApiTags('connections')
@Scopes('ops')
@Controller('v1/channels/:channel/connector')
export class JobsController {
  constructor(@Inject(WORKERS) private readonly workers: Workers) {}

  @Post('resync')
  @HttpCode(200)
  @Answers('Begins to set rows of the shop to what the ledger says now', { problems })
  async resync(
    @WhoAsks() { keyId }: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: ResyncRequest,
  ): Promise<Begun> {
    return begunBy(this.workers.resync(channel, request.toScope(), request.toWanted(keyId)));
  }

  @Post('reconcile')
  @HttpCode(200)
  @Answers('Begins to read every listing of the shop and to compare it', { problems })
  async reconcile(
    @WhoAsks() { keyId }: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: WantedRequest,
  ): Promise<Begun> {
    return begunBy(this.workers.reconcile(channel, request.toWanted(keyId)));
  }

  @Post('reread')
  @HttpCode(200)
  @Answers('Begins to read orders of the shop again; what was taken in of them stays as it is', { problems })
  async reread(
    @WhoAsks() { keyId }: Principal,
    @Param('channel', ChannelPipe) channel: string,
    @Body() request: RereadRequest,
  ): Promise<Begun> {
    return begunBy(this.workers.reread(channel, request.toScope(), request.toWanted(keyId)));
  }

  @Get('jobs/:job')
  @Answers('How far a job has come', { problems: ['unknown_job'] })
  async job(@Param('channel', ChannelPipe) channel: string, @Param('job') job: string): Promise<JobProgress> {
    const progress = await this.workers.job(channel, job);
    if (progress === undefined) throw new ProblemError('unknown_job', { facts: { channel, job } });
    return progress;
  }
}

const begunBy = async (asked: Promise<JobAnswer>): Promise<Begun> => {
  const answer = await asked;
  if (answer.kind === 'refused') throw jobProblem(answer);
  return answer;
};
