import { refused } from '#event-sourcing';
import { basisPointsOfAll } from '#atp';
import { incomingLinesMax } from '../bounds.js';
import type { ExpectIncoming } from '../commands.js';
import type { IncomingLine } from '../standing.js';
import type { StockRefusal } from '../refusals.js';
import type { PostedFact } from '../state/facts.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { firstRefusal } from './form.js';
import { reported, report } from './report.js';

type Maybe = StockRefusal | undefined;

const checkDates = ({ orderedAt, eta }: ExpectIncoming): Maybe =>
  eta !== undefined && eta < orderedAt ? { code: 'eta_before_order', eta, orderedAt } : undefined;

const checkConfidence = ({ confidence = basisPointsOfAll }: ExpectIncoming): Maybe =>
  Number.isSafeInteger(confidence) && confidence >= 0 && confidence <= basisPointsOfAll
    ? undefined
    : { code: 'confidence_out_of_range', confidence, max: basisPointsOfAll };

/** A line is one connection's to speak of: two that say something else of it would each undo the other. */
const checkTeller = ({ connection, sourceKey, location }: ExpectIncoming, { before }: Draft): Maybe => {
  const author = before.incoming.get(sourceKey)?.told?.connection;
  return author === undefined || author === connection
    ? undefined
    : { code: 'not_author', connection, kind: 'incoming', location, author };
};

const checkCount = ({ sourceKey, quantity }: ExpectIncoming, { before: { openIncoming } }: Draft): Maybe => {
  if (openIncoming.size < incomingLinesMax || quantity === 0 || openIncoming.has(sourceKey)) return undefined;
  return { code: 'too_many_incoming_lines', open: openIncoming.size, max: incomingLinesMax };
};

const toldBy = (command: ExpectIncoming): IncomingLine => {
  const {
    sourceKey,
    connection,
    location,
    quantity,
    orderedAt,
    eta,
    confirmed,
    confidence = basisPointsOfAll,
  } = command;
  return {
    ...{ line: sourceKey, connection, location, quantity, orderedAt, confirmed, confidence },
    ...(eta !== undefined && { eta }),
  };
};

const post = (command: ExpectIncoming, draft: Draft, last: PostedFact | undefined): StockDecision => {
  const refusal = checkCount(command, draft);
  if (refusal) return refused(refusal);
  const { sourceKey, location, quantity, occurredAt } = command;
  const said = reported(command, draft, last, { parts: [], stands: [] });
  const incoming = toldBy(command);
  if (quantity === 0)
    draft.emit({ type: 'IncomingCancelled', data: { ...said, incomingLine: sourceKey, location }, occurredAt });
  else if (last) draft.emit({ type: 'IncomingRevised', data: { ...said, incoming }, occurredAt });
  else draft.emit({ type: 'IncomingExpected', data: { ...said, incoming }, occurredAt });
  return conclude(draft);
};

/** Units were ordered from a supplier, or what was told of them has changed. */
export const expectIncoming = (command: ExpectIncoming, draft: Draft): StockDecision => {
  const refusal = firstRefusal(
    () => checkDates(command),
    () => checkConfidence(command),
    () => checkTeller(command, draft),
  );
  return refusal ? refused(refusal) : report(command, draft, (last) => post(command, draft, last));
};
