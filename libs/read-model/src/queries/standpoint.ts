import { instantOf, millisOf, numberOf, positionOf } from '#event-sourcing';
import type { Instant, Position } from '#event-sourcing';
import { cursorOf, InvalidCursorError, keyOfCursor } from './cursor.js';
import type { Moment, MomentUsed, PageRequest } from './types.js';

/**
 * What an answer about the past rests on. All pages of an answer rest on that of the first: its cursors carry it. The
 * position makes that exact. An instant cannot: an event may be decided before the first page is read and stored after.
 */
export type Standpoint = {
  readonly moment: MomentUsed;
  /** Nothing that was recorded later counts; undefined: nobody asked for a `knownAt`. */
  readonly recordedBy?: Instant | undefined;
};

/** Where the history stands. */
type Live = { readonly now: Instant; readonly knownTo?: Position };

/** The standpoint of a first page. */
export const standpointNow = ({ knownAt, happenedAt }: Moment, { now, knownTo }: Live): Standpoint => ({
  moment: {
    knownAt: knownAt ?? now,
    ...(happenedAt !== undefined && { happenedAt }),
    ...(knownTo !== undefined && { knownTo }),
  },
  recordedBy: knownAt,
});

/** The cursor of the page that follows a row. */
export const cursorFrom = ({ moment, recordedBy }: Standpoint, sku: string, location: string): string => {
  const { knownAt, happenedAt = '', knownTo } = moment;
  return cursorOf(sku, location, String(numberOf(knownTo)), knownAt, recordedBy ?? '', happenedAt);
};

type Start = { readonly after: readonly [sku: string, location: string]; readonly standpoint?: Standpoint };

/**
 * Where a page begins; the standpoint of the pages before it if there were any.
 * @throws InvalidCursorError for a cursor that is not ours, or of another moment than the one asked for
 */
export const startOf = (asked: Moment, { after: cursor }: PageRequest): Start => {
  if (cursor === undefined) return { after: ['', ''] };
  const [sku = '', location = '', knownTo = '', knownAt = '', recordedBy = '', happenedAt = ''] = keyOfCursor(
    cursor,
    6,
  );
  const fits =
    /^[1-9]\d{0,15}$/u.test(knownTo) &&
    isInstant(knownAt) &&
    ['', knownAt].includes(recordedBy) &&
    isEmptyOrInstant(happenedAt);
  if (!fits) throw new InvalidCursorError('Not a cursor of this list');
  if (differs(asked.knownAt, knownAt) || differs(asked.happenedAt, happenedAt))
    throw new InvalidCursorError('The cursor belongs to an answer about another moment');
  const moment = { knownAt, ...(happenedAt !== '' && { happenedAt }), knownTo: positionOf(Number(knownTo)) };
  return { after: [sku, location], standpoint: { moment, recordedBy: recordedBy === '' ? undefined : recordedBy } };
};

/** Later pages need not repeat the moment; if they do, it is the same. */
const differs = (asked: Instant | undefined, used: string): boolean => asked !== undefined && asked !== used;

const isEmptyOrInstant = (text: string): boolean => text === '' || isInstant(text);
const isInstant = (text: string): boolean => {
  const millis = millisOf(text);
  return !Number.isNaN(millis) && instantOf(millis) === text;
};
