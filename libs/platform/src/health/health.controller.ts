import { Controller, Get, HttpCode, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/scopes.decorator.js';
import { ProblemError } from '../problem/problem-error.js';

/** What one part says of itself: `numbers` explain the verdict (a lag, a position). */
export type Check = {
  readonly name: string;
  readonly ok: boolean;
  readonly numbers?: Readonly<Record<string, unknown>>;
};
export type Health = { readonly ready: () => Promise<readonly Check[]> };
export const HEALTH = Symbol('Health');

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH) private readonly health: Health) {}

  /** The process answers. Nothing else: a database that is away is no reason to be killed. */
  @Get('live')
  @HttpCode(200)
  @ApiOperation({ summary: 'The process answers' })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  /** 200 when every part can serve, else 503 with what each says. */
  @Get('ready')
  @ApiOperation({ summary: 'Every part can serve: store, policies, projections' })
  async ready(): Promise<{ status: 'ready'; checks: readonly Check[] }> {
    const checks = await this.health.ready();
    if (checks.every((check) => check.ok)) return { status: 'ready', checks };
    throw new ProblemError('not_ready', { facts: { checks }, retryAfterSeconds: 1 });
  }
}
