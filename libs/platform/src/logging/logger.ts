import type { LoggerService } from '@nestjs/common';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

/** One JSON object a line, on one stream. */
export type Logger = {
  readonly [Level in LogLevel]: (message: string, fields?: LogFields) => void;
};

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Fields whose name says that they hold a secret are never written, whatever they hold. */
const secretNames = /authorization|password|secret|apikey|api_key|cookie|databaseurl/iu;
/** Keys and URLs with a password that ended up in a message, an error of a driver for one. */
const secretTexts: readonly [RegExp, string][] = [
  [/sl_([0-9a-f]{16})_[A-Za-z0-9_-]{43}/gu, 'sl_$1_***'],
  [/(postgres(?:ql)?:\/\/[^:@/\s]*):[^@\s]*@/gu, '$1:***@'],
];

/** @param write takes one whole line, newline included */
export const createLogger = (level: LogLevel, write: (line: string) => void, now: () => string): Logger => {
  const at =
    (of: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (ranks[of] < ranks[level]) return;
      write(`${redacted(JSON.stringify({ time: now(), level: of, message, ...fields }, safeMember))}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

/** For tests and tools that speak for themselves. */
const ignore = (): void => undefined;
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const redacted = (line: string): string =>
  secretTexts.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);

const safeMember = (name: string, value: unknown): unknown => {
  if (secretNames.test(name)) return '***';
  if (typeof value === 'bigint') return String(value);
  return value instanceof Error ? describeError(value) : value;
};

const describeError = (error: Error): LogFields => ({
  name: error.name,
  message: error.message,
  stack: error.stack,
  ...(error.cause !== undefined && { cause: error.cause }),
});

/** What Nest itself wants to say, in the same lines. Its chatter while starting is `debug`. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, context?: unknown) => logger.debug(String(message), { context }),
  debug: (message: unknown, context?: unknown) => logger.debug(String(message), { context }),
  verbose: (message: unknown, context?: unknown) => logger.debug(String(message), { context }),
  warn: (message: unknown, context?: unknown) => logger.warn(String(message), { context }),
  error: (message: unknown, stack?: unknown, context?: unknown) => logger.error(String(message), { stack, context }),
  fatal: (message: unknown, stack?: unknown, context?: unknown) => logger.error(String(message), { stack, context }),
});
