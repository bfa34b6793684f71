import { isDeepStrictEqual } from 'node:util';
import { instantOf, millisOf, type Clock } from '#event-sourcing';
import type { Alerts } from '../../contracts/index.js';
import type { KeptFinding, KeptFindings } from '../findings/findings.js';
import { decideResolution } from './decide-resolution.js';
import type { ResolutionPorts } from './ports.js';
import type { KeptResolution, Refused, ResolutionStore } from './resolution-store.js';
import type { Effect, Plan, ResolutionRefusal, Saying } from './resolution.js';

export type ResolutionAsked = {
  readonly finding: string;
  readonly saying: Saying;
  /** Opaque: a key's id, never a name. */
  readonly actor: string;
  readonly reason: string;
};

export type Resolved =
  | { readonly kind: 'unknown_finding' }
  | { readonly kind: 'refused'; readonly refusal: ResolutionRefusal }
  /** Another one is under way, or was cut off and goes on by itself. */
  | { readonly kind: 'being_resolved'; readonly how: Saying['how'] }
  /** What would be done. */
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'applied'; readonly plan: Plan }
  /** The ledger will not post the adjustment; the finding stands as before. */
  | { readonly kind: 'not_applied'; readonly refusal: Refused };

/** What people do with findings. */
export type ResolutionDesk = {
  /** Changes nothing. */
  readonly plan: (asked: ResolutionAsked) => Promise<Resolved>;
  /** @throws when an effect failed for now: what was said stands, and is carried on by `carryOn` */
  readonly resolve: (asked: ResolutionAsked) => Promise<Resolved>;
  /** What was said of a finding, the first first. */
  readonly resolutionsOf: (finding: string) => Promise<readonly KeptResolution[]>;
  /** Applies what a crash or a failure has left, some at a time. What fails again is left to the next call. */
  readonly carryOn: () => Promise<void>;
};

export type DeskParts = {
  readonly findings: Pick<KeptFindings, 'find'>;
  readonly resolutions: ResolutionStore;
  readonly alerts: Alerts;
  readonly ports: ResolutionPorts;
  readonly clock: Pick<Clock, 'now'>;
  readonly onTrouble: (error: unknown) => void;
};

/** What is under way is not taken up by somebody else before. */
const triedMillisMax = 30_000;

export const createResolutionDesk = (parts: DeskParts): ResolutionDesk => {
  const { findings, resolutions, clock, onTrouble } = parts;
  const resolve = async (asked: ResolutionAsked): Promise<Resolved> => {
    const planned = await planOf(parts, asked);
    if (planned.kind !== 'planned') return planned;
    const { finding, saying, actor, reason } = asked;
    const begun = { finding, how: saying.how, actor, reason, plan: planned.plan, at: clock.now() };
    const resolution = await resolutions.begin(begun);
    // Somebody else was a moment faster: the answer is about what stands now.
    return resolution === undefined ? standingOf(parts, asked, planned.plan) : apply(parts, resolution);
  };
  return {
    plan: async (asked) => {
      const planned = await planOf(parts, asked);
      const applying = planned.kind === 'planned' ? await applyingOf(parts, asked.finding) : undefined;
      return applying === undefined ? planned : { kind: 'being_resolved', how: applying.how };
    },
    resolve,
    resolutionsOf: async (finding) => ((await findings.find(finding)) === undefined ? [] : resolutions.list(finding)),
    carryOn: async () => {
      const now = clock.now();
      const left = await resolutions.claimLeft(now, instantOf(millisOf(now) - triedMillisMax));
      for (const resolution of left) await apply(parts, resolution).catch(onTrouble);
    },
  };
};

const planOf = async ({ findings, ports, clock }: DeskParts, asked: ResolutionAsked): Promise<Resolved> => {
  const finding = await findings.find(asked.finding);
  if (finding === undefined) return { kind: 'unknown_finding' };
  const unitsPerSale = await unitsOf(ports, finding, asked.saying);
  return decideResolution(finding, asked.saying, { now: clock.now(), unitsPerSale });
};

const unitsOf = async (ports: ResolutionPorts, { channel, row }: KeptFinding, { how }: Saying) =>
  how === 'shop_is_right' ? ports.unitsPerSale(channel, row) : undefined;

const applyingOf = async ({ resolutions }: DeskParts, finding: string): Promise<KeptResolution | undefined> =>
  (await resolutions.list(finding)).find(({ state }) => state === 'applying');

/** The same once more carries on what was cut off; another one has to wait. */
const standingOf = async (parts: DeskParts, { finding }: ResolutionAsked, plan: Plan): Promise<Resolved> => {
  const applying = await applyingOf(parts, finding);
  if (applying === undefined) return { kind: 'refused', refusal: { code: 'finding_resolved' } };
  if (isDeepStrictEqual(applying.plan, plan)) return apply(parts, applying);
  return { kind: 'being_resolved', how: applying.how };
};

/** Effect by effect, then the note: each effect bears being repeated, so a crash anywhere is mended by doing it all again. */
const apply = async (parts: DeskParts, resolution: KeptResolution): Promise<Resolved> => {
  const { resolutions, clock } = parts;
  for (const effect of resolution.plan.effects) {
    const refusal = await applyEffect(parts, effect, resolution);
    if (refusal === undefined) continue;
    await resolutions.refuse(resolution.id, refusal, clock.now());
    return { kind: 'not_applied', refusal };
  }
  await resolutions.end(resolution.id, clock.now());
  return { kind: 'applied', plan: resolution.plan };
};

/** @returns why it cannot be done, ever */
const applyEffect = async (
  { ports, alerts }: DeskParts,
  effect: Effect,
  { actor, reason }: KeptResolution,
): Promise<Refused | undefined> => {
  switch (effect.kind) {
    case 'adjust': {
      const { kind: _kind, ...adjustment } = effect;
      const adjusted = await ports.adjust({ ...adjustment, actor, reason });
      return adjusted.kind === 'refused' ? adjusted.refusal : undefined;
    }
    case 'release':
      return nothing(ports.release(effect.channel, effect.row));
    case 'reread_orders':
      return nothing(ports.rereadOrders(effect.channel, effect.from, effect.to));
    case 'raise_alert':
      return nothing(alerts.raise(effect.alert));
    case 'settle_alert':
      return nothing(alerts.settle(effect.channel, effect.code, effect.subject));
    default:
      return effect satisfies never;
  }
};

const nothing = async (done: Promise<void>): Promise<undefined> => {
  await done;
  return undefined;
};
