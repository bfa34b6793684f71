import { prepareProjections, readOpenCarts, rebuildOutdated } from '#read-model';
import { cartsMax, isSeeded, seedCarts } from '#apps/ledger';
import type { AvailabilityService, ToldCheck } from '#apps/availability';
import type { Config, Logger } from '#platform';
import { openBase, type Base } from './base.js';
import { startReadSide, type ReadSide } from './read-side.js';
import { checkTold } from './told.js';
import { tellRebuild } from './tell-rebuild.js';
import { startWriteSide, type WriteSide } from './write-side.js';

/** Finishes what is under way, then ends what runs by itself and every connection. */
type Stoppable = { readonly stop: () => Promise<void> };

/** Everything behind HTTP, running. */
export type Services = Base & WriteSide & ReadSide & Stoppable;

/** What a process of some role runs behind HTTP. */
export type Sides = Base &
  Stoppable & {
    readonly write: WriteSide | undefined;
    readonly read: ReadSide | undefined;
    /** Where the read side tells the world by message. */
    readonly toldCheck: ToldCheck | undefined;
  };

/** The write side and the read side on one database, without transport: what the replay and benches use. */
export const startServices = async (serviceUrl: string, config: Config, logger: Logger): Promise<Services> =>
  bothOf(await startSides(serviceUrl, { ...config, role: 'all' }, logger));

/** @throws when one of the sides is not here */
export const bothOf = ({ write, read, toldCheck: _toldCheck, ...rest }: Sides): Services => {
  if (write === undefined || read === undefined) throw new Error('This process runs one side alone');
  return { ...rest, ...write, ...read };
};

/** The sides that the role of this process names. The read side starts first: the write side reads its rows. */
export const startSides = async (serviceUrl: string, config: Config, logger: Logger): Promise<Sides> => {
  const base = await openBase(serviceUrl, config, logger);
  const toldCheck = config.role === 'ledger' ? undefined : await checkTold(base, config, logger);
  const read = config.role === 'ledger' ? undefined : await startReadSide(base, logger);
  const write = config.role === 'availability' ? undefined : await writeSideOf(base, read, config, logger);
  return {
    ...{ ...base, write, read, toldCheck },
    stop: async () => {
      await toldCheck?.stop();
      await write?.ledger.stop();
      await write?.cartIndex.close();
      await read?.availability.stop();
      await base.close();
    },
  };
};

const writeSideOf = async (
  base: Base,
  read: ReadSide | undefined,
  config: Config,
  logger: Logger,
): Promise<WriteSide> => {
  if (read === undefined) await prepareRows(base, logger);
  if (!(await isSeeded(base.pool))) await takeOverCarts(base, read, logger);
  return startWriteSide(base, { config, logger });
};

/** Carts that were open before there was an index of them are known to the read side alone. */
const takeOverCarts = async (base: Base, read: ReadSide | undefined, logger: Logger): Promise<void> => {
  if (read !== undefined) await catchUp(base, read.availability, logger);
  await seedCarts(base.pool, await readOpenCarts(base.pool, base.clock.now(), cartsMax));
};

/** The rows of the read side have the shape of this release, whichever process was the first to start. */
const prepareRows = async ({ pool, store }: Base, logger: Logger): Promise<void> => {
  await prepareProjections(pool);
  await rebuildOutdated({ pool, store, onProgress: tellRebuild(logger) });
};

/** How long that start waits for the read side. */
const catchUpMillisMax = 3_000;

/** A read side that is far behind is not waited for: older holds end by their expiry. */
const catchUp = async ({ store }: Base, availability: AvailabilityService, logger: Logger): Promise<void> => {
  const head = await store.head();
  if (head === undefined) return;
  await availability.caughtUpTo(head, AbortSignal.timeout(catchUpMillisMax)).catch((error: unknown) => {
    logger.warn('The read side is behind: open carts are taken over as far as it has come', { error });
  });
};
