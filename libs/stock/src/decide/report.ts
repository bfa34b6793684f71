import { type Changing, accepted, refused } from '#event-sourcing';
import type { FactCommand } from '../commands.js';
import type { Fact, FactKind } from '../events.js';
import { factKeyOf } from '../keys.js';
import type { Part } from '../parts.js';
import { sameParts } from '../difference.js';
import type { StockRefusal } from '../refusals.js';
import { recallFact, type PostedFact } from '../state/facts.js';
import { isLate } from '../state/movements.js';
import { checkAuthor, checkChannel, checkLocation } from './authority.js';
import type { StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { checkMoment, checkQuantity } from './form.js';
import { mayWitness, witness } from './witness.js';

/** The three reports of a transfer are one kind of fact, and so are the figures of people and of machines. */
export const kindOf = ({ kind }: FactCommand): FactKind =>
  kind === 'transfer_dispatch' || kind === 'transfer_receipt' || kind === 'transfer_close'
    ? 'transfer'
    : kind === 'observation'
      ? 'count'
      : kind;

/** A figure of 0 says that there is nothing; other facts are voided by 0. */
const isFigure = ({ kind }: FactCommand): boolean => kind === 'count' || kind === 'observation';

/** What a fact says of units, whatever its sign. */
const magnitudeOf = (command: FactCommand): number => {
  if ('observed' in command) return command.observed;
  if (command.kind === 'transfer_close') return command.lost;
  return command.kind === 'adjustment' ? Math.abs(command.quantity) : command.quantity;
};

const checkPlaces = (command: FactCommand, draft: Draft): StockRefusal | undefined => {
  const order = 'order' in command ? command.order : undefined;
  return (
    (order && checkChannel(draft.policy, order.channel)) ??
    checkLocation(draft.policy, command.location) ??
    (command.kind === 'transfer_dispatch' ? checkLocation(draft.policy, command.to) : undefined)
  );
};

/** The same version again changes nothing, an older one comes too late, and one version says one thing. */
const answerRepeated = (command: FactCommand, last: PostedFact): StockDecision | undefined => {
  if (command.sourceVersion > last.version) return undefined;
  if (command.sourceVersion < last.version || command.hash === last.hash) return accepted();
  return refused({ code: 'fact_reused', sourceKey: command.sourceKey, version: command.sourceVersion });
};

const checkElsewhere = (command: FactCommand, draft: Draft): StockRefusal | undefined => {
  if (command.kind === 'assembly') return undefined;
  const sku = draft.known.elsewhere.get(factKeyOf(command));
  return sku === undefined || (!isFigure(command) && magnitudeOf(command) === 0)
    ? undefined
    : { code: 'fact_moved', sourceKey: command.sourceKey, sku };
};

const recallPosted = (command: FactCommand, draft: Draft): PostedFact | undefined => {
  const record = recallFact(draft.before, draft.known, factKeyOf(command));
  return record?.kind === 'fact' ? record : undefined;
};

/** What a connection posted while it was author here is no longer its to correct: its successor's facts stand beside it. */
const hasPosted = (last: PostedFact | undefined): boolean => last !== undefined && last.stands.length > 0;

/**
 * The way of every fact: form, place, author (or witness), then its key and version; what is left to do is posted.
 * A void of a key never seen is appended too, without parts: otherwise an older version that comes late would be posted.
 */
export const report = (
  command: FactCommand,
  draft: Draft,
  post: (last: PostedFact | undefined) => StockDecision,
): StockDecision => {
  const refusal =
    checkQuantity(magnitudeOf(command)) ?? checkMoment(command.occurredAt, draft.now) ?? checkPlaces(command, draft);
  if (refusal) return refused(refusal);
  const stranger = checkAuthor(draft.policy, command.connection, kindOf(command), command.location);
  const last = recallPosted(command, draft);
  if (stranger && (!mayWitness(draft, command) || hasPosted(last))) return refused(stranger);
  const repeated = last && answerRepeated(command, last);
  if (repeated) return repeated;
  if (stranger && mayWitness(draft, command)) return witness(command, draft, last);
  const moved = checkElsewhere(command, draft);
  if (moved) return refused(moved);
  rideExpired(draft);
  return post(last);
};

type Standing = { readonly parts: readonly Part[]; readonly stands: readonly Part[] };

const factOf = (command: FactCommand, last: PostedFact | undefined, { parts, stands }: Standing): Fact => {
  const fact: Changing<Fact> = {
    connection: command.connection,
    kind: kindOf(command),
    sourceKey: command.sourceKey,
    version: command.sourceVersion,
    hash: command.hash,
  };
  if (command.document !== undefined) fact.document = command.document;
  if (last !== undefined) fact.corrects = last.version;
  if (!sameParts(stands, parts)) fact.stands = stands;
  return fact;
};

/** What every reported event carries: its parts, the fact they belong to, and whether it came too late for counts. */
export const reported = (
  command: FactCommand,
  draft: Draft,
  last: PostedFact | undefined,
  standing: Standing,
): { readonly parts: readonly Part[]; readonly fact: Fact; readonly late?: true } => {
  const { parts } = standing;
  const fact = factOf(command, last, standing);
  return isLate(draft.before, command.occurredAt, draft.now) ? { parts, fact, late: true } : { parts, fact };
};
