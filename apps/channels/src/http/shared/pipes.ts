import { Injectable, type PipeTransform } from '@nestjs/common';
import { ProblemError } from '#platform';
import { badCode } from '#policies';

/** A channel in the path. */
@Injectable()
export class ChannelPipe implements PipeTransform {
  transform(value: unknown): string {
    const text = String(value);
    const reason = badCode(text);
    if (reason === undefined) return text;
    throw new ProblemError('invalid_code', { field: 'channel', detail: `channel is not a code: ${reason}` });
  }
}
