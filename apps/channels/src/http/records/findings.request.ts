import { parseTimestamp, ProblemError } from '#platform';
import { findingStates, sayings, type FindingState, type Saying } from '../../records/index.js';
import {
  Choice,
  OptionalChannel,
  OptionalChoice,
  OptionalFlag,
  OptionalLocation,
  OptionalMoment,
  OptionalSku,
  PageQuery,
  Reason,
} from './fields.js';

export class FindingsQuery extends PageQuery {
  @OptionalChannel() channel?: string;
  @OptionalSku() sku?: string;
  @OptionalChoice(findingStates, 'Those that are open when left out') state?: FindingState;
}

/** What a person says of a finding. */
export class ResolutionRequest {
  @Choice(sayings, 'What is right, or what is to be done') how!: Saying['how'];
  @Reason() reason!: string;
  @OptionalLocation('shop_is_right: where the units are adjusted') location?: string;
  @OptionalMoment('shop_missed_orders: orders that changed since') from?: string;
  @OptionalMoment('shop_missed_orders: and before; now when left out') to?: string;
  @OptionalMoment('snooze: when it is somebody’s work again') until?: string;
  @OptionalFlag('Say what would be done, and do nothing') dryRun?: boolean;

  /** @throws ProblemError where a field is missing that this saying needs, or there is one that it does not */
  toSaying(now: string): Saying {
    const { how } = this;
    refuseOthers(this, fieldsOf[how]);
    switch (how) {
      case 'ledger_is_right':
      case 'count_it':
        return { how };
      case 'shop_is_right':
        return { how, location: this.location ?? missing('location') };
      case 'shop_missed_orders':
        return { how, from: momentOf(this.from) ?? missing('from'), to: momentOf(this.to) ?? now };
      case 'snooze':
        return { how, until: momentOf(this.until) ?? missing('until') };
      default:
        return how satisfies never;
    }
  }
}

type Field = 'location' | 'from' | 'to' | 'until';

const fieldsOf: Readonly<Record<Saying['how'], readonly Field[]>> = {
  ledger_is_right: [],
  shop_is_right: ['location'],
  shop_missed_orders: ['from', 'to'],
  count_it: [],
  snooze: ['until'],
};

const refuseOthers = (request: ResolutionRequest, taken: readonly Field[]): void => {
  const all: readonly Field[] = ['location', 'from', 'to', 'until'];
  const field = all.find((name) => request[name] !== undefined && !taken.includes(name));
  if (field !== undefined)
    throw new ProblemError('unknown_field', { field, detail: `${request.how} takes no ${field}` });
};

const momentOf = (text: string | undefined) => (text === undefined ? undefined : parseTimestamp(text));

const missing = (field: Field): never => {
  throw new ProblemError('missing_field', { field, detail: `${field} is required for this` });
};
