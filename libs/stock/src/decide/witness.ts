import type { FactCommand } from '../commands.js';
import type { Fact, WitnessedKind, WitnessRecorded } from '../events.js';
import { operator, type StockPolicy } from '../policy.js';
import type { PostedFact } from '../state/facts.js';
import { unreachable } from '../unreachable.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';

/** Has the connection anything to do with this ledger: is it author somewhere, or does a channel belong to it? */
const hasRole = (policy: StockPolicy, connection: string): boolean => {
  for (const { author, authors } of policy.locations.values())
    if (author === connection || Object.values(authors).includes(connection)) return true;
  for (const channel of policy.channels.values()) if (channel.connection === connection) return true;
  return false;
};

type Witnessed = Extract<FactCommand, { readonly kind: WitnessedKind }>;

const witnessedKinds: readonly FactCommand['kind'][] = [
  ...(['receipt', 'issue', 'return', 'adjustment', 'transfer_dispatch', 'transfer_receipt'] as const),
];

/** What moves units and may be matched with the author's word; an absolute figure has no counterpart. */
const isWitnessed = (command: FactCommand): command is Witnessed => witnessedKinds.includes(command.kind);

/** A connection that has a role elsewhere may say what it has seen here. People are no witnesses: what they say is posted. */
export const mayWitness = ({ policy }: Draft, command: FactCommand): command is Witnessed =>
  command.connection !== operator && isWitnessed(command) && hasRole(policy, command.connection);

/** By how much on hand changes at the location, if it is as the witness says. */
const unitsOf = (command: Witnessed): number => {
  switch (command.kind) {
    case 'issue':
    case 'transfer_dispatch':
      return -command.quantity;
    case 'return':
      return command.disposition === 'scrapped' ? 0 : command.quantity;
    case 'receipt':
    case 'adjustment':
    case 'transfer_receipt':
      return command.quantity;
    default:
      return unreachable(command);
  }
};

const factOf = (command: Witnessed, last: PostedFact | undefined): Fact => {
  const { connection, kind, sourceKey, sourceVersion, hash, document } = command;
  return {
    ...{ connection, kind: kind === 'transfer_dispatch' || kind === 'transfer_receipt' ? 'transfer' : kind },
    ...{ sourceKey, version: sourceVersion, hash },
    ...(document !== undefined && { document }),
    ...(last && { corrects: last.version }),
  };
};

/** A fact of somebody who is not its author here: kept as it was said, to be compared; it moves nothing. */
export const witness = (command: Witnessed, draft: Draft, last: PostedFact | undefined): StockDecision => {
  const { kind, location, occurredAt } = command;
  const order = 'order' in command ? { order: command.order } : {};
  const event: WitnessRecorded = {
    type: 'WitnessRecorded',
    data: { parts: [], fact: factOf(command, last), kind, location, units: unitsOf(command), ...order },
    occurredAt,
  };
  draft.emit(event);
  return conclude(draft);
};
