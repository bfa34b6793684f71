import { setTimeout as wait } from 'node:timers/promises';
import { handle, type Rest } from '../rest/handle.js';
import type { RestRequest } from '../rest/types.js';
import type { Fault, FaultBook } from './faults.js';

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What goes back over the connection. */
export type Outcome =
  { readonly kind: 'answer'; readonly answer: HttpAnswer } | { readonly kind: 'silence' } | { readonly kind: 'reset' };

export type Site = { readonly rest: Rest; readonly faults: FaultBook };

const html = 'text/html; charset=UTF-8';

/** A request with the faults that it meets. */
export const answerRequest = async (request: RestRequest, { rest, faults: book }: Site): Promise<Outcome> => {
  const faults = book.take({ resource: request.path[0] ?? '', method: request.method });
  const instead = faults.map(insteadOf).find((outcome) => outcome !== undefined);
  if (instead !== undefined) return instead;
  if (faults.some(({ kind }) => kind === 'late')) return answerLate(request, rest, book);
  if (faults.some(({ kind }) => kind === 'hold')) await book.hold();
  const { status, headers, body } = await handle(request, rest);
  for (const fault of faults) if (fault.kind === 'slow') await wait(fault.ms);
  const answer = { status, headers, body: JSON.stringify(body) };
  return faults.reduce<Outcome>(spoil, { kind: 'answer', answer });
};

/** Nobody waits for the answer any more. */
const answerLate = (request: RestRequest, rest: Rest, book: FaultBook): Outcome => {
  void book.hold().then(() => handle(request, rest));
  return { kind: 'reset' };
};

/** What a fault answers without asking the shop. */
const insteadOf = (fault: Fault): Outcome | undefined => {
  if (fault.kind === 'silence' && !fault.commits) return { kind: 'silence' };
  if (fault.kind === 'reset' && !fault.commits) return { kind: 'reset' };
  if (fault.kind === 'html') return page(fault.status, 'Something went wrong');
  return fault.kind === 'maintenance'
    ? page(503, 'Briefly unavailable for scheduled maintenance. Check back in a minute.', { 'retry-after': '600' })
    : undefined;
};

const page = (status: number, text: string, more: Readonly<Record<string, string>> = {}): Outcome => {
  const body = `<!DOCTYPE html>\n<html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>\n`;
  return { kind: 'answer', answer: { status, headers: { 'content-type': html, ...more }, body } };
};

/** What becomes of a good answer. */
const spoil = (outcome: Outcome, { kind }: Fault): Outcome => {
  if (kind === 'silence' || kind === 'reset') return { kind };
  return kind === 'error_after_commit'
    ? { kind: 'answer', answer: { status: 500, headers: { 'content-type': html }, body: '' } }
    : outcome;
};
