import type { DefineLocation } from '#policies';
import { Code, Nested } from '../fields/index.js';
import { AuthorsRequest } from './authors.request.js';

export class LocationRequest {
  @Code('wh1', { description: 'The code of the location' }) location!: string;
  @Code('wms', { description: 'The connection that reports every kind of fact there' }) author!: string;
  @Nested(AuthorsRequest, { optional: true, description: 'Kinds of fact that another connection reports' })
  authors?: AuthorsRequest;

  toCommand(): DefineLocation {
    return {
      kind: 'define_location',
      location: this.location,
      author: this.author,
      authors: Object.assign({}, this.authors),
    };
  }
}
