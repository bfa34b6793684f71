import { componentsPerBundleMax, type SetBundle } from '#policies';
import { Integer, ListOf, Text } from '../fields/index.js';
import { ComponentRequest } from './component.request.js';

/** All of a recipe anew. */
export class BundleRequest {
  @Integer({
    min: -1,
    max: Number.MAX_SAFE_INTEGER,
    description: 'The revision of the recipe as you have read it; -1 where there is none',
  })
  revision!: number;
  @ListOf(ComponentRequest, componentsPerBundleMax, {
    itemsMin: 0,
    description: 'What one bundle takes, each SKU once; none: it is a bundle no longer',
  })
  components!: ComponentRequest[];
  @Text('Now with a second cup', { optional: true, description: 'Why; no personal data' }) reason?: string;

  toCommand(sku: string): SetBundle {
    return {
      kind: 'set_bundle',
      sku,
      revision: this.revision,
      components: this.components.map(({ sku: component, units }) => ({ sku: component, units })),
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }
}
