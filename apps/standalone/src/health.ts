import type { Ledger } from '#apps/ledger';
import type { AvailabilityService } from '#apps/availability';
import type { Instant } from '#event-sourcing';
import type { Check, Health } from '#platform';
import type { LogDamage } from './log-damage.js';

/** Behind the log by more than this, answers of the read side are too old to be ready. */
export const readyLagEventsMax = 10_000;
/** A part that does not answer within this is not ready. */
const checkMillisMax = 2_000;

type Parts = {
  readonly ledger: Ledger | undefined;
  readonly availability: AvailabilityService | undefined;
  /** The database's time, when it and what keeps the events answer. */
  readonly askStore: () => Promise<unknown>;
  readonly damage: Pick<LogDamage, 'findings'> | undefined;
  /** Since when nothing is announced, because somebody has to look first. */
  readonly heldSince: () => Promise<Instant | undefined>;
};

/** Of the sides that run here. */
export const healthOf = ({ ledger, availability, askStore, damage, heldSince }: Parts): Health => ({
  ready: () =>
    Promise.all([
      check('store', async () => ({ ok: true, numbers: { at: await askStore() } })),
      ...(damage ? [check('log', () => Promise.resolve(logCheck(damage)))] : []),
      ...(ledger ? [check('policies', () => Promise.resolve(policyCheck(ledger)))] : []),
      ...(availability ? [check('projections', () => projectionCheck(availability, heldSince))] : []),
    ]),
});

type Verdict = Omit<Check, 'name'>;

const check = async (name: string, ask: () => Promise<Verdict>): Promise<Check> => {
  try {
    return { name, ...(await withinTime(ask())) };
  } catch {
    return { name, ok: false };
  }
};

const withinTime = async (verdict: Promise<Verdict>): Promise<Verdict> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, numbers: { afterMillis: checkMillisMax } }), checkMillisMax);
  });
  try {
    return await Promise.race([verdict, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** How many damaged streams are named; the log of the service names all. */
const namedMax = 20;

/** What a person has to look at: no number of such a stream can be explained any more. */
const logCheck = ({ findings }: Pick<LogDamage, 'findings'>): Verdict => {
  const found = findings();
  const named = found.slice(0, namedMax).map(({ stream, damage }) => ({ stream, damage }));
  return { ok: found.length === 0, numbers: { damagedStreams: found.length, ...(found.length > 0 && { named }) } };
};

const policyCheck = ({ policies, kernel }: Ledger): Verdict => {
  const { state, position } = policies.status();
  return { ok: state === 'running', numbers: { state, position, ...kernel.load() } };
};

/** A ledger that is held answers and decides like any other: that nothing is announced stands among its numbers. */
const projectionCheck = async (availability: AvailabilityService, heldSince: Parts['heldSince']): Promise<Verdict> => {
  const [projections, since] = await Promise.all([availability.projections(), heldSince()]);
  return {
    ok: projections.every(({ state, lagEvents = 0 }) => state === 'running' && lagEvents <= readyLagEventsMax),
    numbers: {
      ...Object.fromEntries(
        projections.map(({ name, state, position, lagEvents }) => [name, { state, position, lagEvents }]),
      ),
      ...(since !== undefined && { announcer: { heldSince: since } }),
    },
  };
};
