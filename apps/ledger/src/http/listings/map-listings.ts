import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-sourcing';
import type { ListingState, MapListing, PolicyRefusal } from '#policies';
import type { Asker } from '../../composition/asker.js';
import { LEDGER, type Ledger } from '../../composition/ledger.js';

export type MappingOutcome = Outcome<ListingState, PolicyRefusal>;

export class MapListingsCommand {
  constructor(
    readonly asker: Asker,
    readonly mappings: readonly MapListing[],
  ) {}
}

/** Each mapping has its own outcome; one harms no other. */
@CommandHandler(MapListingsCommand)
export class MapListingsHandler implements ICommandHandler<MapListingsCommand> {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  execute({ asker, mappings }: MapListingsCommand): Promise<readonly MappingOutcome[]> {
    return Promise.all(mappings.map((mapping, index) => this.ledger.mapListing(itemOf(asker, index), mapping)));
  }
}

/** The id of an item is the request's with its place. */
const itemOf = (asker: Asker, index: number): Asker =>
  asker.idempotencyKey === undefined ? asker : { ...asker, idempotencyKey: `${asker.idempotencyKey}/${index}` };
