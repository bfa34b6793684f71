import { expect, it } from 'vitest';
import { createLogger } from './logger.js';

const linesOf = (level: 'info' | 'debug', use: (logger: ReturnType<typeof createLogger>) => void): string[] => {
  const lines: string[] = [];
  use(
    createLogger(
      level,
      (line) => lines.push(line),
      () => '2026-03-01T09:00:00.000Z',
    ),
  );
  return lines;
};

it('writes one JSON object a line', () => {
  const lines = linesOf('info', (logger) => logger.info('Ready', { port: 1 }));
  expect(lines).toEqual(['{"time":"2026-03-01T09:00:00.000Z","level":"info","message":"Ready","port":1}\n']);
});

it('leaves out what is below its level', () => {
  expect(linesOf('info', (logger) => logger.debug('chatter'))).toEqual([]);
});

it('never writes a secret, by its name or by its form', () => {
  const token = `sl_${'a'.repeat(16)}_${'B'.repeat(43)}`;
  const [line] = linesOf('info', (logger) =>
    logger.info(`key ${token}`, {
      authorization: 'Bearer x',
      nested: { dbPassword: 'hunter2' },
      error: new Error('connect postgres://owner:hunter2@db/ledger'),
    }),
  );
  expect(line).not.toMatch(/hunter2|B{43}|Bearer x/u);
  expect(line).toContain(`sl_${'a'.repeat(16)}_***`);
});
