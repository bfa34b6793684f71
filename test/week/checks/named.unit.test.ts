import { expect, it } from 'vitest';
import type { Finding } from '#apps/channels';
import type { Cause } from '#channel-kit';
import { emptyNotes, inject, type CauseName } from '../notes.js';
import { judgeNames, type Naming } from './named.js';

const at = 1_000_000;
const where = { channel: 'west', row: '1-0@s1g0' } as const;

const finding = (kind: Finding['kind'], cause: Cause): Finding => ({
  ...{ ...where, sku: 'mug', kind, cause, units: 1, read: 5, expected: [4], target: 4, written: 4, at: at + 5_000 },
});

/** The feed was read after it was done, and then this was logged. */
const naming = (done: CauseName, kind: Finding['kind'], logged: Cause): Naming => {
  const notes = emptyNotes();
  inject(notes, { ...where, cause: done, from: at });
  notes.feedsRead.push({ channel: where.channel, at: at + 4_000 });
  notes.findings.push(finding(kind, logged));
  return judgeNames(notes);
};

it('what was done is named as what it was', () => {
  expect(naming('a lost decrement', 'above', 'lost_decrement')).toMatchObject({ wrong: [], unknownShare: 0 });
  expect(naming('a hand edit down', 'drift_raised', 'unknown')).toMatchObject({ wrong: [], unknownShare: 0 });
});

it('control: what is named otherwise is found, also where nothing should have been logged', () => {
  expect(naming('a lost decrement', 'above', 'crossed').wrong).toHaveLength(1);
  expect(naming('a hand edit down', 'drift_raised', 'double_transition').wrong).toHaveLength(1);
  expect(naming('a double restock', 'above', 'crossed').wrong).toHaveLength(1);
  expect(naming('a sale crossed by a write', 'above', 'crossed').wrong).toHaveLength(1);
});

it('control: what could have been named, and was not, counts as unknown', () => {
  expect(naming('a lost decrement', 'above', 'unknown').unknownShare).toBe(1);
  expect(naming('a sale crossed by a write', 'above', 'unknown').unknownShare).toBe(1);
});

it('control: an order that nobody could have read counts as unknown too, and a typed figure, which is no order, does not', () => {
  expect(naming('an order deleted unread', 'drift_raised', 'unknown')).toMatchObject({ wrong: [], unknownShare: 1 });
  expect(naming('a line moved unread', 'above', 'unknown')).toMatchObject({ wrong: [], unknownShare: 1 });
  expect(naming('a line moved unread', 'above', 'crossed').wrong).toHaveLength(1);
  expect(naming('a hand edit up', 'above', 'unknown')).toMatchObject({ wrong: [], unknownShare: 0 });
});

it('control: a death forgets nothing, and nobody says what nobody did', () => {
  expect(naming('a crash', 'drift_raised', 'unknown').wrong).toHaveLength(1);
  expect(naming('a sale elsewhere', 'above', 'crossed').wrong).toHaveLength(1);
});
