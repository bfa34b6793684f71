import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemError } from '#platform';
import { badCode, badKey, type BadText } from '#policies';

const checked = (value: unknown, field: string, bad: (text: string) => BadText | undefined): string => {
  const text = String(value);
  const reason = bad(text);
  if (reason === undefined) return text;
  throw new ProblemError('invalid_code', { field, detail: `${field} is not a code: ${reason}` });
};

/** A channel or location in the path. */
@Injectable()
export class CodePipe implements PipeTransform {
  transform(value: unknown, { data }: { data?: string | undefined }): string {
    return checked(value, data ?? 'path', badCode);
  }
}

/** A SKU, order key or cart key in the path. */
@Injectable()
export class KeyPipe implements PipeTransform {
  transform(value: unknown, { data }: { data?: string | undefined }): string {
    return checked(value, data ?? 'path', badKey);
  }
}
