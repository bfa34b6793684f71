import { textOf, type XmlNode } from './xml.js';

/** A field that is not there or not what it should be: it ends the reading of one answer, and is caught there. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

export const text = (node: XmlNode, name: string): string => {
  const value = textOf(node, name);
  if (value === undefined) throw new FieldError(`${name} is missing`);
  return value;
};

const integer = /^-?\d{1,15}$/u;

export const number = (node: XmlNode, name: string): number => {
  const value = text(node, name);
  if (!integer.test(value)) throw new FieldError(`${name} is no whole number: ${value.slice(0, 40)}`);
  return Number(value);
};

/** An id that may be none: the shop writes it empty or 0. */
export const idOrNone = (node: XmlNode, name: string): number => (text(node, name) === '' ? 0 : number(node, name));

/** `1` and `0`; empty is no. */
export const flag = (node: XmlNode, name: string): boolean => {
  const value = text(node, name);
  if (!['0', '1', ''].includes(value)) throw new FieldError(`${name} is no flag: ${value.slice(0, 40)}`);
  return value === '1';
};

const wallTime = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/u;

/**
 * A moment of the shop's own clock, `2026-11-20 21:59:39`, as seconds since 1970 of that clock: it has no zone, so these
 * compare with one another and with nothing else.
 */
export const shopSeconds = (node: XmlNode, name: string): number => {
  const value = text(node, name);
  const [year = NaN, month = NaN, ...rest] = (wallTime.exec(value) ?? []).slice(1).map(Number);
  const millis = Date.UTC(year, month - 1, ...(rest as [number, number, number, number]));
  if (Number.isNaN(millis)) throw new FieldError(`${name} is no date: ${value.slice(0, 40)}`);
  return millis / 1_000;
};
