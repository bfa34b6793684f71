import pg from 'pg';
import { clientConfigOf, type ConnectionOptions } from './connection-options.js';
import { ConnectionLostError, ConnectionRefusedError, isNothingHappened } from './failures.js';

export type DedicatedConnectionOptions = ConnectionOptions & {
  /** The answer to a statement may stay out this long (a dead network tells nobody); then the connection is cut. */
  readonly answerMsMax: number;
};

/** One connection that nobody else uses, one statement at a time. Opened at need, and anew after it was lost. */
export type DedicatedConnection = {
  /**
   * Waits for its turn, then runs the statement.
   * @throws ConnectionRefusedError nothing was sent; ConnectionLostError nobody knows; any other: the server said no
   */
  readonly query: <Row extends pg.QueryResultRow>(config: pg.QueryConfig) => Promise<pg.QueryResult<Row>>;
  /** Waits for the statements under way, then closes. Nothing more may be asked. */
  readonly close: () => Promise<void>;
};

/** @example const connection = dedicatedConnection({ url, applicationName: 'append', answerMsMax: 10_000 }); */
export const dedicatedConnection = (options: DedicatedConnectionOptions): DedicatedConnection => {
  let current: pg.Client | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let asked = 0;
  let closed = false;

  const forget = (client: pg.Client): void => {
    if (current === client) current = undefined;
  };
  const run = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
    if (closed) throw new ConnectionRefusedError('The connection has been closed by its owner');
    current ??= await open(options, forget);
    return ask(current, config, options.answerMsMax, forget);
  };
  return {
    query: <Row extends pg.QueryResultRow>(config: pg.QueryConfig) => {
      // Sent before this returns where nobody is before it.
      const answer = asked === 0 ? run(config) : turn.then(() => run(config));
      asked += 1;
      turn = answer.catch(() => undefined).then(() => (asked -= 1));
      return answer as Promise<pg.QueryResult<Row>>;
    },
    close: async () => {
      await turn;
      closed = true;
      await current?.end();
    },
  };
};

const open = async (options: ConnectionOptions, forget: (client: pg.Client) => void): Promise<pg.Client> => {
  const client = new pg.Client(clientConfigOf(options));
  client.on('error', () => forget(client));
  client.on('end', () => forget(client));
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new ConnectionRefusedError(`No connection to PostgreSQL: ${messageOf(error)}`, { cause: error });
  }
};

const ask = async (
  client: pg.Client,
  config: pg.QueryConfig,
  answerMsMax: number,
  forget: (client: pg.Client) => void,
): Promise<pg.QueryResult> => {
  const late = cutWhenLate(client, answerMsMax);
  try {
    return await client.query(config);
  } catch (error) {
    if (isRolledBack(error)) throw error;
    forget(client);
    void client.end().catch(() => undefined);
    throw new ConnectionLostError(`The connection to PostgreSQL was lost: ${messageOf(error)}`, { cause: error });
  } finally {
    clearTimeout(late);
  }
};

/** Only the server's own word counts; whatever else went wrong, the statement may have got there. */
const isRolledBack = (error: unknown): boolean => {
  const { severity } = error as { severity?: unknown };
  return severity === 'ERROR' && isNothingHappened(error);
};

/** Destroys the socket: `end()` would wait politely for a server that does not answer. */
const cutWhenLate = (client: pg.Client, answerMsMax: number): NodeJS.Timeout =>
  setTimeout(() => {
    const { stream } = (client as unknown as { connection: { stream: { destroy: (error: Error) => void } } })
      .connection;
    stream.destroy(new ConnectionLostError(`No answer within ${answerMsMax} ms`));
  }, answerMsMax);

const messageOf = (error: unknown): string => (error instanceof Error && error.message) || String(error);
