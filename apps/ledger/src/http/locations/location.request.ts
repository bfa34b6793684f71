import { locationKinds, locationStates, type LocationKind, type LocationState } from '#atp';
import { observersMax, type ChangeLocation, type DefineLocation } from '#policies';
import { Code, Integer, ListOf, Nested, OneOf, Text } from '../fields/index.js';
import { AuthorsRequest } from './authors.request.js';
import { ObserverRequest } from './observer.request.js';
import { DispatchRequest } from './dispatch.request.js';

const Author = (): PropertyDecorator =>
  Code('wms', { description: 'The connection that reports every kind of fact there' });

const Authors = (): PropertyDecorator =>
  Nested(AuthorsRequest, { optional: true, description: 'Kinds of fact that another connection reports' });

const Observers = (): PropertyDecorator =>
  ListOf(ObserverRequest, observersMax, {
    optional: true,
    itemsMin: 0,
    description: 'How the figures of single connections are judged; the others in the usual way',
  });
const Dispatch = (): PropertyDecorator =>
  Nested(DispatchRequest, { optional: true, description: 'When units leave; not known when left out' });

const stateDescription = 'Nothing new is promised from a location that is not open; what is committed there stays';

export class LocationRequest {
  @Code('wh1', { description: 'The code of the location' }) location!: string;
  @Author() author!: string;
  @Authors() authors?: AuthorsRequest;
  @OneOf(locationKinds, { optional: true, description: 'Whose place it is; own when left out' }) kind?: LocationKind;
  @OneOf(locationStates, { optional: true, description: `${stateDescription}; open when left out` })
  state?: LocationState;
  @Observers() observers?: ObserverRequest[];
  @Dispatch() dispatch?: DispatchRequest;

  toCommand(): DefineLocation {
    return {
      kind: 'define_location',
      location: this.location,
      author: this.author,
      authors: Object.assign({}, this.authors),
      ...(this.kind !== undefined && { locationKind: this.kind }),
      ...(this.state !== undefined && { state: this.state }),
      ...(this.observers && { observers: this.observers.map((observer) => observer.toPolicy()) }),
      ...(this.dispatch && { dispatch: this.dispatch.toPolicy() }),
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
  @Observers() observers?: ObserverRequest[];
  @Dispatch() dispatch?: DispatchRequest;
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
      ...(this.observers && { observers: this.observers.map((observer) => observer.toPolicy()) }),
      ...(this.dispatch && { dispatch: this.dispatch.toPolicy() }),
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }
}
