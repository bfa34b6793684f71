import { describe, expect, it } from 'vitest';
import { markOf, type IncomingMessage, type Offset, type PartitionAlarm, type PartitionBounds } from '#messaging';
import { createMemoryPositions } from '#messaging/memory';
import { createIntake } from './intake.js';
import type { Fetched } from './incoming.js';

const messageAt = (offset: Offset, text = 'm'): IncomingMessage => ({
  offset,
  key: undefined,
  headers: new Map(),
  value: Buffer.from(`${text} ${offset}`),
});

/** Messages of these offsets, brought by a fetch from `from`. */
const fetched = (from: Offset, offsets: readonly Offset[], text?: string): Fetched => ({
  topic: 't',
  partition: 0,
  from,
  last: offsets.at(-1) ?? from,
  high: 100,
  messages: offsets.map((offset) => messageAt(offset, text)),
});

const scene = (bounds: PartitionBounds = { low: 0, high: 100 }) => {
  const [alarms, troubles, handled]: [PartitionAlarm[], unknown[], Offset[]] = [[], [], []];
  const said: string[] = [];
  const now = { bounds };
  const positions = createMemoryPositions();
  const intake = createIntake({
    topic: 't',
    partition: 0,
    isCompacted: false,
    after: Promise.resolve(),
    boundsNow: () => Promise.resolve(now.bounds),
    rest: () => said.push('rest'),
    recovered: () => undefined,
    options: {
      group: 'g',
      topics: ['t'],
      positions,
      onAlarm: (alarm) => void alarms.push(alarm),
      onTrouble: (error) => void troubles.push(error),
      handle: ({ messages }) => Promise.resolve(void handled.push(...messages.map(({ offset }) => offset))),
    },
  });
  const reader = {
    seek: (to: Offset) => void said.push(`seek ${to}`),
    resolve: (done: Offset) => void said.push(`resolve ${done}`),
    pause: () => void said.push('pause'),
    isLeaving: () => false,
  };
  /** What the client was told because of this. */
  const told = async (work: Promise<void>): Promise<readonly string[]> => {
    said.length = 0;
    await work;
    return [...said];
  };
  return { intake, reader, positions, alarms, troubles, handled, now, told };
};

describe('the intake of a partition', () => {
  it('sends the client back when it begins above the position, and then believes that nothing lay there', async () => {
    const { intake, reader, positions, told, handled, alarms } = scene();
    await positions.reset('g', 't', 0, { next: 3 });
    expect(await told(intake.take(fetched(7, [7, 8]), reader))).toEqual(['seek 3']);
    expect(await told(intake.take(fetched(7, [7, 8]), reader))).toEqual(['resolve 8']);
    expect([handled, alarms]).toEqual([[7, 8], []]);
  });

  it('stands still when what lay there has gone meanwhile', async () => {
    const { intake, reader, positions, told, handled, alarms, now } = scene();
    await positions.reset('g', 't', 0, { next: 3 });
    expect(await told(intake.take(fetched(7, [7, 8]), reader))).toEqual(['seek 3']);
    now.bounds = { low: 7, high: 100 };
    expect(await told(intake.take(fetched(7, [7, 8]), reader))).toEqual(['seek 3']);
    expect(await told(intake.take(fetched(7, [7, 8]), reader))).toEqual(['pause']);
    expect([handled, alarms.map(({ reason }) => reason)]).toEqual([[], ['retention_passed_by']]);
  });

  it('asks again for the record that stood last, and stands still when it is another one', async () => {
    for (const [text, reasons] of [
      ['m', []],
      ['another', ['topic_made_anew']],
    ] as const) {
      const { intake, reader, positions, told, alarms } = scene();
      await positions.reset('g', 't', 0, { next: 5, last: markOf(messageAt(4)) });
      expect(await told(intake.take(fetched(5, [5, 6], text), reader))).toEqual(['seek 4']);
      await intake.take(fetched(4, [4, 5, 6], text), reader);
      expect(alarms.map(({ reason }) => reason)).toEqual(reasons);
    }
  });

  it('does not take a fetch that was on its way for the answer to a look', async () => {
    const { intake, reader, told, alarms, handled } = scene();
    await intake.take(fetched(0, [0, 1, 2, 3, 4]), reader);
    const looking = intake.look({ low: 0, high: 100 }, reader, true);
    const taking = intake.take(fetched(5, [5, 6]), reader);
    expect(await told(Promise.all([looking, taking]).then(() => undefined))).toEqual(['seek 4', 'seek 4']);
    expect(await told(intake.take(fetched(4, [4, 5, 6]), reader))).toEqual(['resolve 6']);
    expect([alarms, handled]).toEqual([[], [0, 1, 2, 3, 4, 5, 6]]);
  });

  it('control: a record that is missing where it was asked for is told', async () => {
    const { intake, reader, alarms, positions } = scene();
    await positions.reset('g', 't', 0, { next: 5, last: markOf(messageAt(4)) });
    await intake.take(fetched(5, [5, 6]), reader);
    await intake.take(fetched(5, [5, 6]), reader);
    expect(alarms.map(({ reason }) => reason)).toEqual(['topic_made_anew']);
  });

  it('skips what another member has done', async () => {
    const { intake, reader, positions, told, handled } = scene();
    await positions.reset('g', 't', 0, { next: 20 });
    expect(await told(intake.take(fetched(0, [0, 1]), reader))).toEqual(['seek 20']);
    expect(await told(intake.take(fetched(18, [18, 19, 20]), reader))).toEqual(['resolve 20']);
    expect(handled).toEqual([20]);
  });

  it('lets no error reach the client, and rests', async () => {
    const { intake, reader, told, troubles, now } = scene();
    Object.defineProperty(now, 'bounds', {
      get: () => {
        throw new TypeError('no bounds');
      },
    });
    expect(await told(intake.take(fetched(0, [0]), reader))).toEqual(['pause', 'rest']);
    expect(troubles.map(String)).toEqual(['TypeError: no bounds']);
  });
});
