import { startAvailability, type AvailabilityService } from '#apps/availability';
import type { Logger } from '#platform';
import type { Base } from './base.js';
import { tellRebuild } from './tell-rebuild.js';

export type ReadSide = { readonly availability: AvailabilityService };

/** Projections, announcer and queries. */
export const startReadSide = async ({ store, pool, clock }: Base, logger: Logger): Promise<ReadSide> => ({
  availability: await startAvailability({
    ...{ store, pool, clock, random: Math.random },
    onTrouble: (what, error) => logger.warn(`Trouble with ${what}`, { error }),
    onRebuild: tellRebuild(logger),
  }),
});
