import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { SkuTerms } from '#atp';
import { rule, validated } from '#platform';
import { channelsPerSkuMax, type SetSkuPolicy } from '#policies';
import { BufferRequest, bufferOf, shareOf, ShareRequest } from '../channels/share.request.js';
import { BackorderRequest } from '../channels/terms.request.js';
import { ByCode, field, Integer, Nested, raw, Text, valuesByCode, type ByCodeBody } from '../fields/index.js';

const never = 'never';

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

  toTerms(at: string): SkuTerms {
    const { buffer, cap, backorder } = this;
    return {
      ...(buffer && { buffer: bufferOf(`${at}.buffer`, buffer) }),
      ...(cap && { cap: shareOf(`${at}.cap`, cap) }),
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
