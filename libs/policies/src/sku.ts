import {
  accepted,
  NO_STREAM,
  refused,
  type Decider,
  type Known,
  type Revision,
  type StreamKind,
} from '#event-sourcing';
import type { SkuPolicy, SkuTerms } from '#atp';
import {
  channelsPerSkuMax,
  firstOf,
  invalid,
  invalidBackorder,
  invalidPreorder,
  invalidShare,
  outOfRange,
  reasonOf,
  sameJson,
  skuPoliciesMax,
  staleChange,
} from './checks.js';
import { badCode, badKey } from './codes.js';
import type { SetSkuPolicy } from './commands.js';
import type { SkuPolicyContent, SkuPolicyEvent } from './events.js';
import { keylessKind, onlyEvent } from './keyless-kind.js';
import type { KnownChannels } from './listing.js';
import type { PolicyRefusal } from './refusals.js';

/** What decisions on a SKU's own terms look up: the channels, and how many SKUs have some (a PolicyBook will do). */
export type KnownSkuPolicies = KnownChannels & { readonly skus: { readonly size: number } };

export type SkuPolicyState = { readonly channels: SkuPolicyContent['channels']; readonly revision: Revision };

const invalidTerms = (field: string, { buffer, cap, backorder, preorder }: SkuTerms): PolicyRefusal | undefined =>
  firstOf(
    () => invalidShare(`${field}.buffer`, buffer),
    () => invalidShare(`${field}.cap`, cap),
    () => (backorder === 'never' ? undefined : invalidBackorder(`${field}.backorder`, backorder)),
    () => invalidPreorder(`${field}.preorder`, preorder),
  );

const unknownIn = (channels: readonly string[], known: KnownChannels): PolicyRefusal | undefined => {
  const unknown = channels.find((channel) => !known.channels.has(channel));
  return unknown === undefined ? undefined : { code: 'unknown_channel', channel: unknown };
};

const refusalOf = ({ sku, channels }: SetSkuPolicy, known: KnownChannels): PolicyRefusal | undefined =>
  firstOf(
    () => invalid('sku', badKey(sku)),
    () => outOfRange('channels', Object.keys(channels).length, 0, channelsPerSkuMax),
    ...Object.entries(channels).flatMap(([channel, terms]) => [
      () => invalid(`channels.${channel}`, badCode(channel)),
      () => invalidTerms(`channels.${channel}`, terms),
    ]),
    () => unknownIn(Object.keys(channels), known),
  );

const hasAny = (items: object): boolean => Object.keys(items).length > 0;

/** A channel without any term says nothing: it is left out, so that equal policies are equal. */
const channelsOf = ({ channels }: SetSkuPolicy): SkuPolicyContent['channels'] =>
  Object.fromEntries(Object.entries(channels).filter(([, terms]) => hasAny(terms)));

const tooMany = (isFirst: boolean, { skus }: KnownSkuPolicies): PolicyRefusal | undefined =>
  isFirst && skus.size >= skuPoliciesMax ? { code: 'too_many_sku_policies', most: skuPoliciesMax } : undefined;

export const skuPolicyDecider: Decider<
  SkuPolicyState,
  SetSkuPolicy,
  SkuPolicyEvent,
  PolicyRefusal,
  KnownSkuPolicies,
  Known<never>
> = {
  initialState: () => ({ channels: {}, revision: NO_STREAM }),
  decide: ({ command, now, policy }, state) => {
    const malformed = refusalOf(command, policy);
    if (malformed !== undefined) return refused(malformed);
    const channels = channelsOf(command);
    if (sameJson(channels, state.channels)) return accepted();
    const refusal = firstOf(
      () => staleChange(command.revision, state.revision),
      () => tooMany(!hasAny(state.channels), policy),
    );
    if (refusal !== undefined) return refused(refusal);
    const data = { sku: command.sku, channels, ...reasonOf(command) };
    return accepted({ type: 'SkuPolicySet', data, occurredAt: now });
  },
  evolve: ({ revision }, event) => ({
    channels: onlyEvent('SkuPolicySet', event).data.channels,
    revision: revision + 1,
  }),
};

/** What a SKU has of its own after one of its events; undefined: nothing. */
export const skuPolicyAfter = ({ data }: SkuPolicyEvent, revision: Revision): SkuPolicy | undefined =>
  hasAny(data.channels) ? { sku: data.sku, channels: data.channels, revision } : undefined;

/** Streams `policy-sku-<SKU>`; see `skuPolicyStream`. */
export const skuPolicyKind: StreamKind<
  SkuPolicyState,
  SetSkuPolicy,
  SkuPolicyEvent,
  PolicyRefusal,
  KnownSkuPolicies,
  never
> = keylessKind({ prefix: 'policy-sku', decider: skuPolicyDecider });
