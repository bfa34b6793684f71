import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemError } from '#platform';
import { badCode, badKey } from '#policies';

/** A SKU in the path. */
@Injectable()
export class SkuPipe implements PipeTransform {
  transform(value: unknown): string {
    const reason = badKey(String(value));
    if (reason === undefined) return String(value);
    throw new ProblemError('invalid_code', { field: 'sku', detail: `sku is not a code: ${reason}` });
  }
}

/** A channel in the path. */
@Injectable()
export class ChannelPipe implements PipeTransform {
  transform(value: unknown): string {
    const reason = badCode(String(value));
    if (reason === undefined) return String(value);
    throw new ProblemError('invalid_code', { field: 'channel', detail: `channel is not a code: ${reason}` });
  }
}
