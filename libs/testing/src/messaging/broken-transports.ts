import type {
  ConsumerOptions,
  Consuming,
  IncomingMessage,
  MessageConsumer,
  MessageSender,
  OutgoingMessage,
  PartitionBatch,
  PositionStore,
} from '#messaging';
import { memoryUnderTest } from './memory-under-test.js';
import type { MessagingUnderTest } from './messaging-contract.js';

/** A transport that is right but for one thing. Patient enough for what arrives, and no longer. */
const broken = (change: (right: MessagingUnderTest) => Partial<MessagingUnderTest>): MessagingUnderTest => {
  const right = memoryUnderTest();
  return { ...right, deliveryMillisMax: 400, ...change(right) };
};

type Send = MessageSender['send'];
const sending = (change: (send: Send) => Send): MessagingUnderTest =>
  broken(({ senders }) => ({
    senders: senders.map((sender) => ({ ...sender, send: change((topic, messages) => sender.send(topic, messages)) })),
  }));

const sendingChanged = (change: (messages: readonly OutgoingMessage[]) => readonly OutgoingMessage[]) =>
  sending((send) => (topic, messages) => send(topic, change(messages)));

const consuming = (change: (options: ConsumerOptions) => ConsumerOptions): MessagingUnderTest =>
  consumers((consumer) => ({ ...consumer, consume: (options) => consumer.consume(change(options)) }));

const consumers = (change: (consumer: MessageConsumer, index: number) => MessageConsumer): MessagingUnderTest =>
  broken((right) => ({ consumers: right.consumers.map(change) }));

const running = (change: (one: Consuming) => Consuming): MessagingUnderTest =>
  consumers((consumer) => ({ ...consumer, consume: async (options) => change(await consumer.consume(options)) }));

const handling = (change: (handle: ConsumerOptions['handle'], options: ConsumerOptions) => ConsumerOptions['handle']) =>
  consuming((options) => ({ ...options, handle: change(options.handle, options) }));

const receiving = (change: (message: IncomingMessage) => IncomingMessage): MessagingUnderTest =>
  handling((handle) => (batch, signal) => handle({ ...batch, messages: batch.messages.map(change) }, signal));

const storing = (change: (store: PositionStore, options: ConsumerOptions) => Partial<PositionStore>) =>
  consuming((options) => ({ ...options, positions: { ...options.positions, ...change(options.positions, options) } }));

const advanceTo = async ({ positions, group }: ConsumerOptions, batch: PartitionBatch): Promise<void> => {
  const next = (batch.messages.at(-1)?.offset ?? 0) + 1;
  await positions.advance(group, batch.topic, batch.partition, { next });
};

const forgetful = (): ((text: string) => boolean) => {
  let count = 0;
  return () => ++count % 7 !== 0;
};

const cut = (text: string | null): string | null => text?.split('\u0000')[0] ?? null;
const asText = (bytes: Uint8Array | undefined): Uint8Array | undefined =>
  bytes && Buffer.from(Buffer.from(bytes).toString());
const isRefused = (error: unknown): void => {
  if (!(error instanceof Error) || error.name !== 'MessageRefusedError') throw error;
};

export type BrokenTransport = { readonly make: () => MessagingUnderTest; readonly found: string };

/** What it does wrong, and the checks that tell. */
export const brokenSenders: Readonly<Record<string, BrokenTransport>> = {
  'sends the last first': {
    make: () => sendingChanged((messages) => [...messages].reverse()),
    found: 'keepsTheOrderOfEachKey',
  },
  'loses a message now and then': {
    make: () => {
      const keeps = forgetful();
      return sendingChanged((messages) => messages.filter(({ key }) => keeps(key)));
    },
    found: 'keepsTheOrderOfEachKey twoSendersLoseNothing sendsTakeTheirTurn',
  },
  'sends many at once': {
    make: () => {
      let calls = 0;
      return sending((send) => async (topic, messages) => {
        if (++calls % 2 === 1) await new Promise((resolve) => setImmediate(resolve));
        await send(topic, messages);
      });
    },
    found: 'sendsTakeTheirTurn largeSendsDoNotMix',
  },
  'says nothing of what was refused': {
    make: () => sending((send) => (topic, messages) => send(topic, messages).catch(isRefused)),
    found: 'refusesWhatIsTooLarge refusesWhatIsTooLargeAmongOthers refusesAnUnknownTopic',
  },
  'cannot send nothing': {
    make: () =>
      sending(
        (send) => (topic, messages) =>
          messages.length === 0 ? Promise.reject(new Error('nothing to send')) : send(topic, messages),
      ),
    found: 'sendsNothing',
  },
  'makes a tombstone an empty value': {
    make: () => sendingChanged((messages) => messages.map((one) => ({ ...one, value: one.value ?? '' }))),
    found: 'carriesTombstones',
  },
  'makes an empty value a tombstone': {
    make: () => sendingChanged((messages) => messages.map((one) => ({ ...one, value: one.value || null }))),
    found: 'carriesTombstones keepsWhatIsEmpty',
  },
  'ends a text at its first zero': {
    make: () => sendingChanged((messages) => messages.map((one) => ({ ...one, value: cut(one.value) }))),
    found: 'keepsEveryText',
  },
  'cuts what is long': {
    make: () =>
      sendingChanged((messages) => messages.map((one) => ({ ...one, value: one.value?.slice(0, 1_000_000) ?? null }))),
    found: 'carriesLargeValues',
  },
};

export const brokenConsumers: Readonly<Record<string, BrokenTransport>> = {
  'takes bytes for text': {
    make: () => receiving((one) => ({ ...one, key: asText(one.key), value: asText(one.value) })),
    found: 'carriesForeignBytes',
  },
  'moves the position before the work': {
    make: () =>
      handling((handle, options) => async (batch, signal) => {
        await advanceTo(options, batch);
        await handle(batch, signal);
      }),
    found: 'movesThePositionAfterHandling unfinishedBatchesComeAgain rejectedBatchesComeAgain',
  },
  'takes a rejection for done': {
    make: () => handling((handle) => (batch, signal) => handle(batch, signal).catch(() => undefined)),
    found: 'rejectedBatchesComeAgain unfinishedBatchesComeAgain',
  },
  'begins again at the beginning': {
    make: () =>
      storing((store) => ({
        load: () => Promise.resolve(new Map()),
        advance: (group, topic, partition, to) => store.advance(group, topic, partition, to).then(() => to),
      })),
    found: 'goesOnAfterARestart unfinishedBatchesComeAgain',
  },
  'begins at the end': {
    make: () => {
      let batches = 0;
      return handling((handle) => async (batch, signal) => {
        if (++batches > 1) await handle(batch, signal);
      });
    },
    found: 'beginsAtTheBeginning membersMissNothing',
  },
  'follows the first topic only': {
    make: () => consuming((options) => ({ ...options, topics: options.topics.slice(0, 1) })),
    found: 'followsSeveralTopics',
  },
  'makes batches as large as it likes': {
    make: () => consuming(({ batchMessagesMax: _, ...options }) => options),
    found: 'keepsBatchesSmall',
  },
  'stops at once': {
    make: () => running((one) => ({ ...one, stop: () => Promise.race([one.stop(), Promise.resolve()]) })),
    found: 'stopFinishesWhatIsUnderWay',
  },
  'cannot be stopped twice': {
    make: () =>
      running((one) => {
        let stops = 0;
        return { ...one, stop: () => (++stops > 1 ? Promise.reject(new Error('stopped')) : one.stop()) };
      }),
    found: 'stopsMoreThanOnce',
  },
  'knows no lag': {
    make: () => running((one) => ({ ...one, status: () => one.status().map((status) => ({ ...status, lag: 0 })) })),
    found: 'tellsItsLag',
  },
  'keeps one position for all groups': {
    make: () => {
      const all = (store: PositionStore): Partial<PositionStore> => ({
        load: (_, topic) => store.load('all', topic),
        advance: (_, topic, partition, to) => store.advance('all', topic, partition, to),
      });
      return storing(all);
    },
    found: 'groupsAreIndependent',
  },
  'gives every member everything': {
    make: () => {
      let members = 0;
      return consuming((options) => {
        const group = `${options.group} ${++members}`;
        const load: PositionStore['load'] = (_, topic) => options.positions.load(options.group, topic);
        const advance: PositionStore['advance'] = (_, topic, partition, to) =>
          options.positions.advance(options.group, topic, partition, to);
        return { ...options, group, positions: { ...options.positions, load, advance } };
      });
    },
    found: 'membersShare',
  },
  'jumps to what is there': {
    make: () =>
      consuming((options) => ({
        ...options,
        onAlarm: ({ topic, partition, low }) =>
          void options.positions.reset(options.group, topic, partition, { next: low }),
      })),
    found: 'retentionPassedByIsNoJump topicMadeAnewIsNoJump',
  },
  'forgets which record it handled last': {
    make: () =>
      storing((store) => ({
        advance: (group, topic, partition, { next }) => store.advance(group, topic, partition, { next }),
      })),
    found: 'topicMadeAnewIsNoJump movesThePositionAfterHandling',
  },
  'goes back once': {
    make: () => {
      let hasGoneBack = false;
      const advanceOnceBack = (store: PositionStore): PositionStore['advance'] => {
        return async (group, topic, partition, to) => {
          const stored = (await store.load(group, topic)).get(partition)?.next ?? 0;
          if (hasGoneBack || stored === 0) return store.advance(group, topic, partition, to);
          hasGoneBack = true;
          await store.reset(group, topic, partition, { next: 0 });
          return { next: 0 };
        };
      };
      return broken(({ positions }) => ({
        positions: positions.map((store) => ({ ...store, advance: advanceOnceBack(store) })),
      }));
    },
    found: 'membersMissNothing',
  },
  'does not remember where it began': {
    make: () =>
      storing((store) => ({
        advance: async (group, topic, partition, to) =>
          to.last === undefined ? to : store.advance(group, topic, partition, to),
      })),
    found: 'remembersWhereItBegan',
  },
  'takes the end of retention for a loss': {
    make: () =>
      handling((handle, { onAlarm }) => (batch, signal) => {
        const [first] = batch.messages;
        const { topic, partition } = batch;
        const low = first?.offset ?? 0;
        if (low > 0)
          onAlarm({ topic, partition, reason: 'retention_passed_by', position: { next: low }, low, high: low });
        return handle(batch, signal);
      }),
    found: 'retentionOfWhatWasHandledIsNoAlarm',
  },
};
