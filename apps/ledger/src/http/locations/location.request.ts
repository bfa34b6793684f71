import { locationKinds, locationStates, type LocationKind, type LocationState } from '#atp';
import type { ChangeLocation, DefineLocation } from '#policies';
import { Code, Integer, Nested, OneOf, Text } from '../fields/index.js';
import { AuthorsRequest } from './authors.request.js';

const Author = (): PropertyDecorator =>
  Code('wms', { description: 'The connection that reports every kind of fact there' });

const Authors = (): PropertyDecorator =>
  Nested(AuthorsRequest, { optional: true, description: 'Kinds of fact that another connection reports' });

const stateDescription = 'Nothing new is promised from a location that is not open; what is committed there stays';

export class LocationRequest {
  @Code('wh1', { description: 'The code of the location' }) location!: string;
  @Author() author!: string;
  @Authors() authors?: AuthorsRequest;
  @OneOf(locationKinds, { optional: true, description: 'Whose place it is; own when left out' }) kind?: LocationKind;
  @OneOf(locationStates, { optional: true, description: `${stateDescription}; open when left out` })
  state?: LocationState;

  toCommand(): DefineLocation {
    return {
      kind: 'define_location',
      location: this.location,
      author: this.author,
      authors: Object.assign({}, this.authors),
      ...(this.kind !== undefined && { locationKind: this.kind }),
      ...(this.state !== undefined && { state: this.state }),
    };
  }
}

/** All of a location anew. */
export class LocationChangeRequest {
  @Integer({ min: 0, max: Number.MAX_SAFE_INTEGER, description: 'The revision of the location as you have read it' })
  revision!: number;
  @Author() author!: string;
  @Authors() authors?: AuthorsRequest;
  @OneOf(locationKinds, { description: 'Whose place it is' }) kind!: LocationKind;
  @OneOf(locationStates, { description: stateDescription }) state!: LocationState;
  @Text('Water damage', { optional: true, description: 'Why; no personal data' }) reason?: string;

  toCommand(location: string): ChangeLocation {
    return {
      kind: 'change_location',
      location,
      revision: this.revision,
      author: this.author,
      authors: Object.assign({}, this.authors),
      locationKind: this.kind,
      state: this.state,
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }
}
