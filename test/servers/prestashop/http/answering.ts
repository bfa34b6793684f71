import { html } from '../webservice/answers.js';
import { handle, type Webservice } from '../webservice/handle.js';
import type { Answer, WsError, WsRequest } from '../webservice/types.js';
import { createMeter, sleepMs, type Costs } from './costs.js';
import type { Fault, FaultBook } from './faults.js';

/** What goes back over the connection. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'truncated'; readonly answer: Answer; readonly bytes: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'reset' };

export type Site = Omit<Webservice, 'afterRow' | 'beforeRow'> & {
  readonly faults: FaultBook;
  readonly costs: () => Costs | undefined;
};

export type Answered = { readonly outcome: Outcome; readonly rowsWritten: number };

/** A request with the faults that it meets and the time that it takes. */
export const answerRequest = async (request: WsRequest, site: Site): Promise<Answered> => {
  const faults = site.faults.take({ resource: request.path[0] ?? '', method: request.method });
  const instead = insteadOf(faults);
  if (instead !== undefined) return { outcome: instead, rowsWritten: 0 };
  if (faults.some(({ kind }) => kind === 'late')) return answerLate(request, site, faults);
  if (faults.some(({ kind }) => kind === 'hold')) await site.faults.hold();
  const { answer, rowsWritten } = await answerInTime(request, site, faults);
  for (const fault of faults) if (fault.kind === 'slow') await sleepMs(fault.ms);
  return { outcome: faults.reduce(spoil, { kind: 'answer', answer }), rowsWritten };
};

/** Nobody waits for the answer any more. */
const answerLate = (request: WsRequest, site: Site, faults: readonly Fault[]): Answered => {
  void site.faults.hold().then(() => answerInTime(request, site, faults));
  return { outcome: { kind: 'reset' }, rowsWritten: 0 };
};

/** What a fault answers without asking the shop. */
const insteadOf = (faults: readonly Fault[]): Outcome | undefined => {
  for (const fault of faults) {
    if (fault.kind === 'silence' && !fault.commits) return { kind: 'silence' };
    if (fault.kind === 'reset' && !fault.commits) return { kind: 'reset' };
    const page = pageOf(fault);
    if (page !== undefined) return { kind: 'answer', answer: page };
  }
  return undefined;
};

const maintenance = 503;

const pageOf = (fault: Fault): Answer | undefined => {
  if (fault.kind === 'away') return { status: fault.status, headers: {}, body: '' };
  if (fault.kind === 'html') return page(fault.status, 'Something went wrong');
  if (fault.kind === 'maintenance') return page(maintenance, "We'll be back soon.");
  return fault.kind === 'redirect'
    ? { status: 302, headers: { 'content-type': html, location: fault.to }, body: '' }
    : undefined;
};

const page = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': html },
  body: `<!DOCTYPE html>\n<html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>\n`,
});

const answerInTime = async (request: WsRequest, site: Site, faults: readonly Fault[]) => {
  const costs = site.costs();
  const meter = createMeter(sleepMs, () => performance.now());
  let rowsWritten = 0;
  meter.owe(costs?.requestMs ?? 0);
  const answer = await handle(request, {
    ...site,
    beforeRow: () => {
      if (rowsWritten > 0) meter.owe(costs?.writtenRowMs ?? 0);
      return meter.pay();
    },
    afterRow: ({ rows }) => {
      rowsWritten = rows;
      return noticeAfter(faults, rows);
    },
  });
  if (request.method === 'GET') meter.owe((costs?.listedRowMs ?? 0) * rowsIn(request, answer));
  await meter.pay();
  return { answer, rowsWritten };
};

const rowsIn = ({ path }: WsRequest, { body }: Answer): number =>
  path.length > 1 ? 0 : body.split('<id>').length + body.split('"id":').length - 2;

const noticeAfter = (faults: readonly Fault[], rows: number): WsError | undefined =>
  faults.some((fault) => fault.kind === 'notice' && fault.afterRows === rows)
    ? { code: 8, message: '[PHP Notice #8] Undefined index: value (modules/other/other.php, line 12)' }
    : undefined;

/** What becomes of a good answer. */
const spoil = (outcome: Outcome, fault: Fault): Outcome => {
  if (outcome.kind !== 'answer') return outcome;
  const { answer } = outcome;
  switch (fault.kind) {
    case 'silence':
      return { kind: 'silence' };
    case 'reset':
      return { kind: 'reset' };
    case 'error_after_commit':
      return { kind: 'answer', answer: { status: 500, headers: { 'content-type': html }, body: '' } };
    case 'truncate':
      return { kind: 'truncated', answer, bytes: fault.bytes };
    case 'stray': {
      const headers = { ...answer.headers, 'content-type': 'application/javascript' };
      return { kind: 'answer', answer: { ...answer, headers, body: `${fault.text}${answer.body}` } };
    }
    case 'slow':
    case 'hold':
    case 'late':
    case 'notice':
    case 'html':
    case 'redirect':
    case 'away':
    case 'maintenance':
      return outcome;
  }
};
