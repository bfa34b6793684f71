import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { PreorderPolicy, SkuTerms } from '#atp';
import { rule, validated } from '#platform';
import { channelsPerSkuMax, shareUnitsMax, type SetSkuPolicy } from '#policies';
import { BufferRequest, bufferOf, shareOf, ShareRequest } from '../channels/share.request.js';
import { BackorderRequest } from '../channels/terms.request.js';
import { instantOr } from '../movements/reported.js';
import {
  ByCode,
  field,
  Integer,
  Nested,
  Quantity,
  raw,
  Text,
  Timestamp,
  valuesByCode,
  type ByCodeBody,
} from '../fields/index.js';

const never = 'never';

/** How a SKU is sold before its release. */
export class PreorderRequest {
  @Timestamp({ description: 'From then on it may be pre-ordered' }) opensAt!: string;
  @Timestamp({ description: 'What units are promised for; from then on it is sold like any other' }) releaseAt!: string;
  @Quantity({ min: 0, max: shareUnitsMax, description: 'Units that may be pre-ordered in all', example: 500 })
  unitsMax!: number;

  toPolicy(): PreorderPolicy {
    const { opensAt, releaseAt, unitsMax } = this;
    return { opensAt: instantOr(opensAt, opensAt), releaseAt: instantOr(releaseAt, releaseAt), unitsMax };
  }
}

/** What a SKU has of its own in one channel; what is left out is as the channel says. */
@ApiExtraModels(BackorderRequest)
class SkuTermsRequest {
  @Nested(BufferRequest, { optional: true, description: "Instead of the channel's; units 0 for none" })
  buffer?: BufferRequest;
  @Nested(ShareRequest, { optional: true, description: "Instead of the channel's" }) cap?: ShareRequest;
  @Transform(raw)
  @field(
    { optional: true, description: "Instead of the channel's; never: it is not sold before it arrives" },
    { oneOf: [{ $ref: getSchemaPath(BackorderRequest) }, { type: 'string', enum: [never] }] },
    rule('isBackorder', 'invalid_value', isBackorder, 'must be "never" or an object with horizonDays'),
  )
  backorder?: unknown;
  @Nested(PreorderRequest, { optional: true, description: 'Until its release it is sold by this rule alone' })
  preorder?: PreorderRequest;

  toTerms(at: string): SkuTerms {
    const { buffer, cap, backorder, preorder } = this;
    return {
      ...(buffer && { buffer: bufferOf(`${at}.buffer`, buffer) }),
      ...(cap && { cap: shareOf(`${at}.cap`, cap) }),
      ...(preorder && { preorder: preorder.toPolicy() }),
      ...(backorder !== undefined && { backorder: backorderOf(`${at}.backorder`, backorder) }),
    };
  }
}

function isBackorder(value: unknown): boolean {
  return value === never || (typeof value === 'object' && value !== null);
}

const backorderOf = (at: string, backorder: unknown): NonNullable<SkuTerms['backorder']> => {
  if (backorder === never) return never;
  const { horizonDays } = validated(BackorderRequest, backorder, at);
  return { horizonDays };
};

/** All that a SKU has of its own, anew. */
export class SkuPolicyRequest {
  @Integer({
    min: -1,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    description: 'The revision of the policy as you have read it; -1 or left out: there was none',
  })
  revision?: number;
  @ByCode(SkuTermsRequest, channelsPerSkuMax, {
    description: 'By channel, the terms in which this SKU differs; empty: it has none of its own any more',
  })
  channels!: ByCodeBody;
  @Text('Launch', { optional: true, description: 'Why; no personal data' }) reason?: string;

  /** @throws ProblemError for terms that are wrong, with the channel that they are of */
  toCommand(sku: string): SetSkuPolicy {
    return {
      kind: 'set_sku_policy',
      sku,
      revision: this.revision ?? -1,
      channels: valuesByCode('channels', SkuTermsRequest, this.channels, (terms, at) => terms.toTerms(at)),
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }
}
