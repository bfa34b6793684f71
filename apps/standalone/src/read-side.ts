import { startAvailability, type AvailabilityService } from '#apps/availability';
import type { Logger } from '#platform';
import type { Base } from './base.js';
import { tellRebuild } from './tell-rebuild.js';

export type ReadSide = { readonly availability: AvailabilityService };

/** Projections, announcer and queries. */
export const startReadSide = async (
  { store, pool, serviceUrl: url, clock, damage }: Base,
  logger: Logger,
): Promise<ReadSide> => ({
  availability: await startAvailability({
    ...{ store, pool, url, clock, random: Math.random },
    onTrouble: (what, error) => {
      damage?.note(error);
      logger.warn(`Trouble with ${what}`, { error });
    },
    onRebuild: tellRebuild(logger),
  }),
});
