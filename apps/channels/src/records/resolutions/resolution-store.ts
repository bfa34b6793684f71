import type { Instant } from '#event-sourcing';
import { prepared, type Pool } from '#postgres';
import { storable } from '../storable.js';
import { recordLimits } from '../limits.js';
import type { Plan, Saying } from './resolution.js';
import { sql } from './statements.js';

export type Refused = { readonly code: string } & Readonly<Record<string, unknown>>;

/** What a person said of a finding, and what has become of it. */
export type KeptResolution = {
  readonly id: string;
  readonly finding: string;
  readonly how: Saying['how'];
  readonly actor: string;
  readonly reason: string;
  readonly plan: Plan;
  readonly state: 'applying' | 'applied' | 'refused';
  readonly refusal: Refused | null;
  readonly beganAt: Instant;
  readonly endedAt: Instant | null;
};

export type Begun = Pick<KeptResolution, 'finding' | 'how' | 'actor' | 'reason' | 'plan'> & { readonly at: Instant };

/** What of one finding is shown. */
const shownMax = 100;
/** What one look takes up again. */
const leftMax = 20;

/** Resolutions in PostgreSQL: one at a time of a finding. */
export const createResolutionStore = (pool: Pool) => ({
  /** Undefined: the finding is resolved, or one is being applied. */
  begin: async ({ finding, how, actor, reason, plan, at }: Begun): Promise<KeptResolution | undefined> => {
    const values = [finding, how, storable(actor), storable(reason, recordLimits.detailCharactersMax), plan, at];
    return (await pool.query<KeptResolution>(prepared(sql['begin-resolution'], values))).rows[0];
  },
  end: async (id: string, at: Instant): Promise<void> => {
    await pool.query(prepared(sql['end-resolution'], [id, at]));
  },
  refuse: async (id: string, refusal: Refused, at: Instant): Promise<void> => {
    await pool.query(prepared(sql['refuse-resolution'], [id, refusal, at]));
  },
  /** Those that are still to be applied and that nobody has tried since then; each is given to one caller. */
  claimLeft: async (now: Instant, notTriedSince: Instant): Promise<readonly KeptResolution[]> =>
    (await pool.query<KeptResolution>(prepared(sql['claim-left'], [now, notTriedSince, leftMax]))).rows,
  list: async (finding: string): Promise<readonly KeptResolution[]> =>
    (await pool.query<KeptResolution>(prepared(sql['list-resolutions'], [finding, shownMax]))).rows,
});

export type ResolutionStore = ReturnType<typeof createResolutionStore>;
