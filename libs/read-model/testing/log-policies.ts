import { recordedAtOf } from './log-builder.js';
import { bundle, skus, type At, type Step, type World } from './log-steps.js';

/* Steps on channels, on terms of SKUs and on bundles. */

export const define = ({ log }: World, channel: string, at: readonly string[]): void => {
  log.add(`policy-channel-${channel}`, {
    type: 'ChannelDefined',
    occurredAt: recordedAtOf(0),
    data: { channel, connection: channel, locations: at, reservationTtlMillis: 60_000, splitCarts: false },
  });
};

export const ownTerms = ({ world, step, sku, channel }: At): void => {
  const buffer = { effect: step.ref % 2 === 0 ? 'hard' : 'soft', units: step.quantity } as const;
  world.log.add(`policy-sku-${sku}`, {
    type: 'SkuPolicySet',
    occurredAt: recordedAtOf(0),
    data: { sku, channels: step.flag ? { [channel]: { buffer } } : {} },
  });
};

export const setRecipe = ({ log }: World, step: Step): void => {
  const data = { sku: bundle, components: componentsOf(step) };
  log.add(`policy-bundle-${bundle}`, { type: 'BundleRecipeSet', occurredAt: recordedAtOf(0), data });
};

/** One or two SKUs; now and then none: the bundle has ended. */
const componentsOf = ({ sku, ref, quantity }: Step) => {
  if (quantity === 9) return [];
  const [first = '', second = ''] = [skus[sku], skus[ref]];
  const units = 1 + (quantity % 3);
  return first === second
    ? [{ sku: first, units }]
    : [
        { sku: first, units },
        { sku: second, units: 1 },
      ];
};
