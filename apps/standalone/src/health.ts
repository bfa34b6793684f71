import type { Ledger } from '#apps/ledger';
import type { AvailabilityService, ProjectionHealth } from '#apps/availability';
import type { Check, Health } from '#platform';

/** Behind the log by more than this, answers of the read side are too old to be ready. */
export const readyLagEventsMax = 10_000;
/** A part that does not answer within this is not ready. */
const checkMillisMax = 2_000;

type Parts = {
  readonly ledger: Ledger | undefined;
  readonly availability: AvailabilityService | undefined;
  /** The database's time, when it and what keeps the events answer. */
  readonly askStore: () => Promise<unknown>;
};

/** Of the sides that run here. */
export const healthOf = ({ ledger, availability, askStore }: Parts): Health => ({
  ready: () =>
    Promise.all([
      check('store', async () => ({ ok: true, numbers: { at: await askStore() } })),
      ...(ledger ? [check('policies', () => Promise.resolve(policyCheck(ledger)))] : []),
      ...(availability ? [check('projections', async () => projectionCheck(await availability.projections()))] : []),
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

const policyCheck = ({ policies, kernel }: Ledger): Verdict => {
  const { state, position } = policies.status();
  return { ok: state === 'running', numbers: { state, position, ...kernel.load() } };
};

const projectionCheck = (projections: readonly ProjectionHealth[]): Verdict => ({
  ok: projections.every(({ state, lagEvents = 0 }) => state === 'running' && lagEvents <= readyLagEventsMax),
  numbers: Object.fromEntries(
    projections.map(({ name, state, position, lagEvents }) => [name, { state, position, lagEvents }]),
  ),
});
