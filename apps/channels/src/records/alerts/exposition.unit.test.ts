import { expect, it } from 'vitest';
import { expositionOf } from './exposition.js';

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => !line.startsWith('#'));

it('says what is open, a line for each code of a channel', () => {
  const text = expositionOf([
    { channel: 'b2b', code: 'feed_away', level: 'page', alerts: 1 },
    { channel: 'web', code: 'unmapped_sold', level: 'ticket', alerts: 12 },
  ]);
  expect(text).toContain('# TYPE channel_alerts_open gauge\n');
  expect(linesOf(text)).toEqual([
    'channel_alerts_open{channel="b2b",code="feed_away",level="page"} 1',
    'channel_alerts_open{channel="web",code="unmapped_sold",level="ticket"} 12',
    '',
  ]);
});

it('says nothing where nothing is, and ends its last line', () => {
  expect(linesOf(expositionOf([]))).toEqual(['']);
});

it('lets no value break out of its label', () => {
  const text = expositionOf([{ channel: 'a"b\\c\nd', code: 'x', level: 'page', alerts: 1 }]);
  expect(linesOf(text)[0]).toBe('channel_alerts_open{channel="a\\"b\\\\c\\nd",code="x",level="page"} 1');
});
