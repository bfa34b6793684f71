import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CommandHandler, QueryHandler } from '@nestjs/cqrs';

/**
 * The bus takes a second handler for one command with a warning, and the second wins. Here it is a reason not to start.
 *
 * @throws Error at start, naming the command and its handlers
 */
@Injectable()
export class HandlerCheck implements OnModuleInit {
  constructor(private readonly modules: ModulesContainer) {}

  onModuleInit(): void {
    const providers = [...this.modules.values()].flatMap((module) => [...module.providers.values()]);
    const types = new Set(providers.flatMap(({ metatype }) => (typeof metatype === 'function' ? [metatype] : [])));
    assertOneHandlerEach([...types] as Type[]);
  }
}

/** What the decorators of the bus write, read off a probe: the names are private to the package. */
const metadataKeyOf = (decorate: ClassDecorator): unknown => {
  const probe = class {
    execute = (): void => undefined;
  };
  decorate(probe);
  return Reflect.getMetadataKeys(probe)[0];
};
class ProbeMessage {
  readonly isProbe = true;
}
const handlerKeys = [metadataKeyOf(CommandHandler(ProbeMessage)), metadataKeyOf(QueryHandler(ProbeMessage))];

/** @throws Error when two of the classes handle the same message */
export const assertOneHandlerEach = (types: readonly Type[]): void => {
  const handlers = new Map<Type, Type>();
  for (const type of types) {
    for (const message of handlerKeys.map((key) => Reflect.getMetadata(key, type) as Type | undefined)) {
      if (!message) continue;
      const other = handlers.get(message);
      if (other) throw new Error(`${message.name} has two handlers: ${other.name} and ${type.name}. Keep one.`);
      handlers.set(message, type);
    }
  }
};
