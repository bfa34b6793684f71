import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Scopes } from '#platform';
import type { Asker } from '../../composition/asker.js';
import { AskerOf } from '../asker.decorator.js';
import { itemDone, itemFailed, summaryOf, type ItemOutcome } from '../item-outcome.js';
import { outcomeProblem } from '../outcome-problem.js';
import { CodePipe } from '../path-codes.js';
import { ListingsRequest } from './listings.request.js';
import { MapListingsCommand, type MappingOutcome } from './map-listings.js';

type Mapped = { readonly revision: number; readonly changed: boolean };
type MappedListings = { succeeded: number; failed: number; outcomes: ItemOutcome<Mapped>[] };

@ApiTags('listings')
@Controller('v1/channels/:channel/listings')
export class ListingsController {
  constructor(private readonly commands: CommandBus) {}

  @Put()
  @HttpCode(200)
  @Scopes('policy:write')
  @Answers('Maps ids of a channel to SKUs; orders whose lines are frozen keep theirs', {
    problems: ['unknown_channel', 'too_many_items'],
    notes: 'Up to 500 listings; each has its own outcome.',
  })
  async map(
    @AskerOf() asker: Asker,
    @Param('channel', CodePipe) channel: string,
    @Body() request: ListingsRequest,
  ): Promise<MappedListings> {
    const mappings = request.listings.map((listing) => listing.toCommand(channel));
    const command = new MapListingsCommand(asker, mappings);
    const done = await this.commands.execute<MapListingsCommand, readonly MappingOutcome[]>(command);
    const outcomes = done.map(outcomeOf);
    return { ...summaryOf(outcomes), outcomes };
  }
}

const outcomeOf = (outcome: MappingOutcome, index: number): ItemOutcome<Mapped> =>
  outcome.kind === 'accepted'
    ? itemDone(index, { revision: outcome.revision, changed: outcome.events.length > 0 && !outcome.repeated })
    : itemFailed(index, outcomeProblem(outcome));
