import { numberOf, type Position } from '#event-sourcing';
import type { Logger } from '#platform';

/** A line for every tenth of the way: rebuilding a large ledger's history takes minutes. */
export const tellRebuild = (logger: Logger) => {
  let told = '';
  return (projection: string, at: Position, of: Position | undefined): void => {
    const percent = of === undefined ? 100 : Math.floor((10 * numberOf(at)) / numberOf(of)) * 10;
    if (told === `${projection} ${percent}`) return;
    told = `${projection} ${percent}`;
    logger.info('Rebuilding a projection whose tables an older release has made', { projection, percent });
  };
};
