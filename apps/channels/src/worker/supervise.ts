import { endWith } from '#deadline';
import { computes, takesOrders } from '#channel-kit';
import { whileLeading } from '#postgres';
import type { ChannelConnection, ChannelRegistry, ConnectorKind } from '../contracts/index.js';
import { ownSettings } from '../connections/index.js';
import { callRowsFor, hearPairs } from '../store/index.js';
import type { WorkDeps } from './deps.js';
import { guardDefaults, type ChannelGuard } from './guarded-port.js';
import { createOpenShops, type OpenShops } from './open-shops.js';
import { createPause, type Pause } from './pause.js';
import { runChannel, type RunningChannel } from './run-channel.js';

export type SuperviseOptions = WorkDeps & {
  /** Of the service's role: who runs the channels has a session of its own. */
  readonly url: string;
  readonly registry: ChannelRegistry;
  readonly kinds: readonly ConnectorKind[];
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly guard?: Partial<ChannelGuard>;
};

/** The channels that this process runs: all, or none while another process does. */
export type Supervised = {
  readonly find: (channel: string) => RunningChannel | undefined;
  /** A channel has changed: it is run as it is now. */
  readonly changed: () => void;
  readonly stop: () => Promise<void>;
};

/** How often the registry is looked at where nobody says that it has changed. */
const lookMillis = 5_000;

type Run = {
  readonly running: RunningChannel;
  readonly revision: number;
  readonly end: () => void;
};

/** Runs every channel that is not off, in one process of all. */
export const supervise = (options: SuperviseOptions): Supervised => {
  const stopping = new AbortController();
  const runs = new Map<string, Run>();
  const shops = createOpenShops(options.now);
  const pause = createPause({ sleep: options.sleep, signal: stopping.signal });
  const ended = whileLeading(
    {
      ...{ url: options.url, applicationName: 'channels', name: 'channels', signal: stopping.signal },
      sleep: (millis, signal) => options.sleep(millis, signal),
      onTrouble: (error) => options.onTrouble('the lead of the channels', error),
    },
    (signal, confirm) => lead({ ...options, runs, shops, pause, signal, mayWrite: confirm }),
  );
  return {
    find: (channel) => runs.get(channel)?.running,
    changed: pause.wake,
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
};

type Leading = SuperviseOptions & {
  readonly runs: Map<string, Run>;
  readonly shops: OpenShops;
  readonly pause: Pause;
  readonly signal: AbortSignal;
  readonly mayWrite: () => Promise<void>;
};

const lead = async (leading: Leading): Promise<void> => {
  const { ledger, pool, runs, shops, pause, now, signal, onTrouble } = leading;
  signal.addEventListener('abort', pause.wake, { once: true });
  const following = await ledger.follow(async (pairs) => {
    const { due, unmapped } = await hearPairs(pool, pairs, now());
    for (const channel of unmapped) runs.get(channel)?.running.remap();
    for (const channel of due) runs.get(channel)?.running.wake();
  });
  try {
    while (!signal.aborted) {
      await adjust(leading).catch((error: unknown) => onTrouble('the channels', error));
      await pause.rest(lookMillis);
    }
  } finally {
    await following.stop();
    await Promise.all([...runs.keys()].map((channel) => end(leading, channel)));
    await shops.closeAll();
  }
};

/** Starts, stops and starts anew what has changed. The shop of a channel that goes on stays open. */
const adjust = async (leading: Leading): Promise<void> => {
  const { runs, shops, registry } = leading;
  // One that cannot be run keeps no other from it, and is tried again with every look.
  const onTrouble = (channel: string, error: unknown): void => leading.onTrouble(`channel ${channel}`, error);
  const wanted = new Map(
    (await registry.list()).filter(({ ladder }) => takesOrders(ladder)).map((one) => [one.channel, one]),
  );
  for (const [channel, { revision }] of [...runs])
    if (wanted.get(channel)?.revision !== revision) await end(leading, channel);
  for (const channel of shops.channels()) if (!wanted.has(channel)) await shops.close(channel);
  for (const [channel, connection] of wanted)
    if (!runs.has(channel)) await begin(leading, connection).catch((error: unknown) => onTrouble(channel, error));
};

const begin = async (leading: Leading, channel: ChannelConnection): Promise<void> => {
  const { registry, kinds, runs, shops, signal, now, alerts, guard, pause } = leading;
  const name = channel.channel;
  const kind = kinds.find((one) => one.kind === channel.kind);
  if (kind === undefined)
    return leading.onTrouble(`channel ${name}`, new Error(`Nobody here speaks to ${channel.kind}`));
  if (computes(channel.ladder)) await callRowsFor(leading.pool, name, channel.revision, now());
  const secrets = await registry.secretsOf(name);
  const { port, busyMillis, tempo } = await shops.open(name, {
    kind,
    settings: ownSettings(channel.settings),
    secrets,
  });
  const stopping = new AbortController();
  const release = endWith(stopping, signal);
  const running = runChannel({
    ...leading,
    ...{ channel, port, busyMillis, tempo, signal: stopping.signal },
    guard: { ...guardDefaults, ...guard },
    onRestored: async (detail) => {
      shops.mistrust(name);
      await registry.pause(name, 'shop_restored', 'worker');
      await alerts.raise({
        ...{ channel: name, code: 'shop_restored', subject: '', level: 'page', verb: `channel resume ${name}` },
        detail: `The shop was restored from a backup. Nothing is written until somebody has looked. ${detail}`,
      });
      pause.wake();
    },
  });
  const end = (): void => {
    release();
    stopping.abort();
  };
  runs.set(name, { running, revision: channel.revision, end });
};

const end = async ({ runs }: Leading, channel: string): Promise<void> => {
  const run = runs.get(channel);
  if (run === undefined) return;
  run.end();
  await run.running.stopped;
  runs.delete(channel);
};
