import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemError } from '#platform';
import { badCode, badKey, type BadText } from '#policies';

const checked = (value: unknown, field: string, bad: (text: string) => BadText | undefined): string => {
  const text = String(value);
  const reason = bad(text);
  if (reason === undefined) return text;
  throw new ProblemError('invalid_code', { field, detail: `${field} is not a code: ${reason}` });
};

/** A SKU in the path. */
@Injectable()
export class SkuPipe implements PipeTransform {
  transform(value: unknown): string {
    return checked(value, 'sku', badKey);
  }
}

/** A channel in the path. */
@Injectable()
export class ChannelPipe implements PipeTransform {
  transform(value: unknown): string {
    return checked(value, 'channel', badCode);
  }
}

/** A location in the path. */
@Injectable()
export class LocationPipe implements PipeTransform {
  transform(value: unknown): string {
    return checked(value, 'location', badCode);
  }
}
