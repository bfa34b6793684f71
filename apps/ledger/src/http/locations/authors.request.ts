import type { DefineLocation } from '#policies';
import { Code } from '../fields/index.js';

type Authors = DefineLocation['authors'];

const Author = (): PropertyDecorator => Code('shop_web', { optional: true });

/** By kind of fact: the connection that reports it instead of the location's author. */
export class AuthorsRequest implements Authors {
  @Author() receipt?: string;
  @Author() issue?: string;
  @Author() return?: string;
  @Author() adjustment?: string;
  @Author() count?: string;
  @Author() transfer?: string;
  @Author() bucket_change?: string;
  @Author() assembly?: string;
}
