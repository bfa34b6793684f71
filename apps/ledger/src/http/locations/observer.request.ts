import { basisPointsOfAll, type ObserverPolicy } from '#atp';
import { usualObserver } from '#observations';
import { postingLagMillisMax, shareUnitsMax } from '#policies';
import { Code, Integer, Quantity } from '../fields/index.js';

const Share = (of: string): PropertyDecorator =>
  Integer({ min: 0, max: basisPointsOfAll, optional: true, description: `Basis points ${of} that hold no run` });

/** How the figures of one connection are judged at a location. What is left out is judged in the usual way. */
export class ObserverRequest {
  @Code('erp', { description: 'The connection that gives figures' }) connection!: string;
  @Integer({
    ...{ min: 0, max: postingLagMillisMax / 1_000, optional: true },
    description: 'How long after it happened a movement may be missing from its figures; 0 when left out',
  })
  postingLagSeconds?: number;
  @Share('of the SKUs there that may be missing from a full run') missingMax?: number;
  @Share('of the rows of a run that may say 0 where there were units') zerosMax?: number;
  @Share('of the rows of a run that may differ') changesMax?: number;
  @Quantity({
    ...{ min: 0, max: shareUnitsMax, optional: true },
    description: 'Units that its runs may post there within 24 hours; any number when left out',
  })
  unitsPerDayMax?: number;

  toPolicy(): ObserverPolicy {
    const usual = usualObserver(this.connection);
    return {
      connection: this.connection,
      postingLagMillis: this.postingLagSeconds === undefined ? usual.postingLagMillis : this.postingLagSeconds * 1_000,
      missingMax: this.missingMax ?? usual.missingMax,
      zerosMax: this.zerosMax ?? usual.zerosMax,
      changesMax: this.changesMax ?? usual.changesMax,
      ...(this.unitsPerDayMax !== undefined && { unitsPerDayMax: this.unitsPerDayMax }),
    };
  }
}
