import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import { validated } from './validate.js';

const builtIn = new Set<unknown>([String, Boolean, Number, Array, Object, undefined]);

/** The one pipe of every app: what a handler types with a request class, it gets checked, or the answer is a problem. */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || builtIn.has(metatype)) return value;
    // Fastify parses a query into an object without a prototype
    const plain = type === 'body' ? value : { ...(value as object) };
    return validated(metatype as ClassConstructor<object>, plain);
  }
}
