/** What a person starts, holds, and may have to mend. */

export type EmbeddedPostgresOptions = {
  /** Made when absent. One running server a folder. */
  readonly dataDir: string;
  /** A free port when absent. */
  readonly port?: number;
  /** Settings of postgresql.conf that go over the defaults below. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type EmbeddedPostgres = {
  /** Database `ledger` as the superuser `ledger_owner`, over 127.0.0.1. Holds the password: never log it. */
  readonly ownerUrl: string;
  readonly port: number;
  /** Resolves when the server has ended, whoever ended it. After a restart: when that one has. */
  readonly ended: () => Promise<ServerEnd>;
  /**
   * Starts the server again, on the same folder and port, after it has ended by itself.
   * @throws EmbeddedPostgresError when it does not start
   */
  readonly restart: () => Promise<void>;
  /** Stops the server and waits until it has gone. Calling it again is harmless. */
  readonly stop: () => Promise<void>;
};

/** How a server ended: its exit code, or the signal that killed it, and the last that it said. */
export type ServerEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly said: string;
};

/** What a person has to see and do; never our own bug. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

export const OR_OWN_SERVER = 'Or set DATABASE_URL to a PostgreSQL server of your own.';
