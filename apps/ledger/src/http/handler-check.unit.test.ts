import { Test } from '@nestjs/testing';
import { CommandHandler, CqrsModule, type ICommandHandler } from '@nestjs/cqrs';
import { expect, it } from 'vitest';
import { HandlerCheck } from './handler-check.js';

class Count {
  readonly from = 0;
}

@CommandHandler(Count)
class First implements ICommandHandler<Count> {
  execute = () => Promise.resolve(1);
}

@CommandHandler(Count)
class Second implements ICommandHandler<Count> {
  execute = () => Promise.resolve(2);
}

const start = async (...handlers: (typeof First)[]): Promise<void> => {
  const module = await Test.createTestingModule({
    imports: [CqrsModule.forRoot()],
    providers: [HandlerCheck, ...handlers],
  }).compile();
  try {
    await module.init();
  } finally {
    await module.close();
  }
};

it('starts with one handler for each command', async () => {
  await start(First);
});

it('refuses to start with two handlers for one command', async () => {
  await expect(start(First, Second)).rejects.toThrow('Count has two handlers: First and Second');
});
