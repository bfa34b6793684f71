import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steps, type Step } from '../testing/commands.js';
import { nothingKnown } from '../testing/company.js';
import { decideOn, started } from '../testing/run.js';
import { evolve, factCommandOf, tellerOf, type FactCommand, type StockEvent, type StockState } from './index.js';

type Fold = { readonly state: StockState; readonly faults: readonly string[] };
type Factual = Extract<StockEvent, { readonly data: { readonly fact: object } }>;

const isReport = (event: StockEvent): event is Factual => tellerOf(event) === 'report';

/** What a repeat of a count cannot know: when it was said. Only whether it came late hangs on it. */
const comparable = (events: readonly StockEvent[]): string =>
  JSON.stringify(events.map((event) => ({ ...event, data: { ...event.data, late: undefined } })));

/** Voids of facts that were never seen name no place: they are the only reports that cannot be told again. */
const saysNothing = ({ data: { fact, parts } }: Factual): boolean =>
  (fact.stands ?? parts).length === 0 && parts.length === 0;

const isAnother = ({ data: { fact } }: Factual, command: Step['command']): boolean =>
  !('sourceKey' in command) || fact.sourceKey !== command.sourceKey;

/** Decides a step; when it was a report, it is told again to the state before it and to the state after it. */
const tellAgain =
  (commandOf: typeof factCommandOf) =>
  ({ state, faults }: Fold, { command, now }: Step): Fold => {
    const asked = { now, known: nothingKnown };
    const decision = decideOn(state, command, asked);
    if (decision.kind === 'refused') return { state, faults };
    const after = decision.events.reduce(evolve, state);
    if (decision.kind === 'prepared') return tellAgain(commandOf)({ state: after, faults }, { command, now });
    const told = decision.events.filter(isReport).at(-1);
    if (told === undefined || isAnother(told, command)) return { state: after, faults };
    const again = commandOf(told);
    if (again === undefined)
      return { state: after, faults: saysNothing(told) ? faults : [...faults, `untold: ${JSON.stringify(told)}`] };
    const [anew, repeated] = [decideOn(state, again, asked), decideOn(after, again, asked)];
    const isSame = anew.kind !== 'refused' && comparable(anew.events) === comparable(decision.events);
    const isQuiet = repeated.kind !== 'refused' && repeated.events.length === 0;
    const found = [
      ...(isSame ? [] : [`${JSON.stringify(decision.events)}\nis told again as\n${JSON.stringify([again, anew])}`]),
      ...(isQuiet ? [] : [`counts twice: ${JSON.stringify([again, repeated])}`]),
    ];
    return { state: after, faults: [...faults, ...found] };
  };

const faultsOf = (all: readonly Step[], commandOf = factCommandOf): readonly string[] =>
  all.reduce(tellAgain(commandOf), { state: started.state, faults: [] }).faults;

const check = (commandOf: typeof factCommandOf) =>
  fc.check(
    fc.property(steps, (all) => {
      const [fault] = faultsOf(all, commandOf);
      if (fault !== undefined) throw new Error(fault);
    }),
    { numRuns: 150 },
  );

describe('a report, told again from its event', () => {
  it('is decided as it was where it is missing, and changes nothing where it is known', () => {
    const outcome = check(factCommandOf);
    expect(outcome.failed ? [fc.defaultReportMessage(outcome), outcome.errorInstance] : []).toEqual([]);
  });

  const doctored: readonly (readonly [string, (command: FactCommand) => FactCommand])[] = [
    ['another version', (command) => ({ ...command, sourceVersion: command.sourceVersion + 1 }) as FactCommand],
    ['another content', (command) => ({ ...command, hash: `${command.hash}0` })],
    ['another place', (command) => ({ ...command, location: command.location === 'wh1' ? 'wh2' : 'wh1' })],
    ['one unit more', (command) => ('quantity' in command ? { ...command, quantity: command.quantity + 1 } : command)],
  ];
  it.each(doctored)('control: %s is found', (_, doctor) => {
    const { failed } = check((event) => {
      const command = factCommandOf(event);
      return command && doctor(command);
    });
    expect(failed).toBe(true);
  });
});
