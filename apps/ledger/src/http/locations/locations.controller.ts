import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { LocationPolicy } from '#atp';
import { Answers, ProblemError, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';
import { AskerOf } from '../asker.decorator.js';
import type { Accepted } from '../outcome-problem.js';
import { CodePipe } from '../path-codes.js';
import { SetPolicyCommand } from '../policies/set-policy.js';
import { LocationChangeRequest, LocationRequest } from './location.request.js';

@ApiTags('locations')
@Controller('v1/locations')
export class LocationsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  @Post()
  @HttpCode(200)
  @Scopes('policy:write')
  @Answers('Creates a location; the same again changes nothing', { problems: ['already_defined'] })
  async create(
    @AskerOf() asker: Asker,
    @Body() request: LocationRequest,
  ): Promise<LocationPolicy & { created: boolean }> {
    const command = new SetPolicyCommand(asker, request.toCommand());
    const accepted = await this.commands.execute<SetPolicyCommand, Accepted>(command);
    return { ...this.one(request.location), created: accepted.opened };
  }

  @Put(':location')
  @Scopes('policy:write')
  @Answers('Changes all of a location; what stands already changes nothing', {
    problems: ['unknown_location', 'policy_changed'],
  })
  async change(
    @AskerOf() asker: Asker,
    @Param('location', CodePipe) location: string,
    @Body() request: LocationChangeRequest,
  ): Promise<LocationPolicy> {
    await this.commands.execute(new SetPolicyCommand(asker, request.toCommand(location)));
    return this.one(location);
  }

  @Get()
  @Scopes('stock:read')
  @Answers('Every location, in the order of their codes')
  list(): { locations: LocationPolicy[] } {
    return { locations: [...this.ledger.policies.book().locations.values()].sort(byCode) };
  }

  @Get(':location')
  @Scopes('stock:read')
  @Answers('One location', { problems: ['unknown_location'] })
  one(@Param('location', CodePipe) location: string): LocationPolicy {
    const policy = this.ledger.policies.book().locations.get(location);
    if (policy) return policy;
    throw new ProblemError('unknown_location', { field: 'location', facts: { location } });
  }
}

const byCode = (a: LocationPolicy, b: LocationPolicy): number => (a.location < b.location ? -1 : 1);
