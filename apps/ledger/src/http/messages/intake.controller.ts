import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PartitionStatus } from '#messaging';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import type { Intake } from '../../intake/start-intake.js';
import { intakeTopics } from '../../intake/topics.js';
import { AskerOf } from '../asker.decorator.js';
import { GoOnRequest } from './intake.request.js';
import { INTAKE } from './tokens.js';

const refusals = { not_alarmed: 'partition_not_alarmed', unknown_partition: 'unknown_partition' } as const;

@ApiTags('messages')
@Scopes('ops')
@Controller('v1/intake')
export class IntakeController {
  constructor(@Inject(INTAKE) private readonly intake: Intake) {}

  @Get()
  @Answers('The partitions of the intake that this process follows, with their lag')
  status(): { partitions: readonly PartitionStatus[] } {
    return { partitions: this.intake.status() };
  }

  @Post(':topic/:partition/go-on')
  @HttpCode(200)
  @Answers('Lets a partition that stands still go on at an offset: what lies below is never taken in', {
    problems: ['unknown_partition', 'partition_not_alarmed'],
  })
  async goOn(
    @AskerOf() asker: Asker,
    @Param('topic') topic: string,
    @Param('partition') partition: string,
    @Body() { next, reason }: GoOnRequest,
  ): Promise<{ topic: string; partition: number; next: number }> {
    const isOurs = Object.values(intakeTopics).some((ours) => ours === topic) && /^\d{1,5}$/u.test(partition);
    if (!isOurs) throw new ProblemError('unknown_partition', { facts: { topic, partition } });
    const gone = await this.intake.goOn(topic, Number(partition), next, { by: asker.actor, reason });
    if (gone !== 'going_on') throw new ProblemError(refusals[gone], { facts: { topic, partition } });
    return { topic, partition: Number(partition), next };
  }
}
