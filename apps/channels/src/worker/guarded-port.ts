import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import { within } from '#deadline';
import { isTransient, type Answer, type ChannelPort, type Trouble } from '#channel-kit';
import type { KeptOrder } from '../contracts/index.js';

export type GuardOptions = {
  /** A request is waited for so long. */
  readonly requestMillisMax: number;
  /** So many failures in a row, and the shop is left alone for a while. */
  readonly failuresMax: number;
  readonly restMillis: number;
  /** Told how long the shop was busy with a request of ours. */
  readonly onSpent: (millis: number) => void;
  /** Milliseconds of a clock that runs while the shop is busy with us; evenly, where nobody knows when that is. */
  readonly busyMillis: () => number;
};

/** What of it is decided beforehand. */
export type ChannelGuard = Pick<GuardOptions, 'requestMillisMax' | 'failuresMax' | 'restMillis'>;

/** A web server gives a request 30 s as a rule: what has no answer by then has none. */
export const guardDefaults = { requestMillisMax: 30_000, failuresMax: 5, restMillis: 10_000 } as const;

const restingAfter = (last: Trouble | undefined): Trouble => ({
  kind: 'busy',
  code: 'circuit_open',
  detail: `The shop failed several times in a row and is left alone for a moment. It is asked again by itself.${
    last === undefined ? '' : ` At last (${last.code}): ${last.detail}`
  }`,
});

const failureIn = (answer: unknown): Trouble | undefined => {
  const { kind, trouble } = answer as { readonly kind: Answer<unknown>['kind']; readonly trouble: Trouble };
  return kind === 'trouble' && isTransient(trouble) ? trouble : undefined;
};

/** The port with a bound on every request and a circuit breaker around all of them: one shop that is ill keeps nobody busy. */
export const guardedPort = (port: ChannelPort<KeptOrder>, options: GuardOptions): ChannelPort<KeptOrder> => {
  let last: Trouble | undefined;
  const isFailure = (answer: unknown): boolean => {
    const failure = failureIn(answer);
    last = failure ?? last;
    return failure !== undefined;
  };
  const breaker = circuitBreaker(handleWhenResult(isFailure), {
    halfOpenAfter: options.restMillis,
    breaker: new ConsecutiveBreaker(options.failuresMax),
  });
  const guarded = async <Value>(
    request: (signal: AbortSignal) => Promise<Answer<Value>>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> => {
    const began = options.busyMillis();
    try {
      const bounds = { millis: options.requestMillisMax, signals: [signal] };
      const answer = await breaker.execute(() => within(bounds, request));
      // A clock that is set, or a machine that stood still, is no work of the shop's.
      options.onSpent(Math.min(Math.max(0, options.busyMillis() - began), options.requestMillisMax));
      return answer;
    } catch (error) {
      if (error instanceof BrokenCircuitError) return { kind: 'trouble', trouble: restingAfter(last) };
      throw error;
    }
  };
  const { survey } = port;
  return {
    ...port,
    // A survey may change what they are.
    get capabilities() {
      return port.capabilities;
    },
    ...(survey && { survey: (asked, signal) => guarded((bounded) => survey(asked, bounded), signal) }),
    listings: (after, signal) => guarded((bounded) => port.listings(after, bounded), signal),
    readBack: (rows, signal) => guarded((bounded) => port.readBack(rows, bounded), signal),
    write: (changes, signal) => guarded((bounded) => port.write(changes, bounded), signal),
    ordersSince: (cursors, signal) => guarded((bounded) => port.ordersSince(cursors, bounded), signal),
    order: (id, signal) => guarded((bounded) => port.order(id, bounded), signal),
    openOrders: (signal) => guarded((bounded) => port.openOrders(bounded), signal),
    cancel: (id, signal) => guarded((bounded) => port.cancel(id, bounded), signal),
  };
};
