import { ChannelCode } from '../shared/fields.js';

export class ChannelQuery {
  @ChannelCode() channel!: string;
}
