import type { Accepted } from './accept-lost.js';
import { lineOf, viewOf } from './lost-event.js';
import type { RecoverResult } from './run.js';

/** What a person reads. */
export const linesOf = (result: RecoverResult): readonly string[] => {
  switch (result.verb) {
    case 'pause':
      return ['Nothing is announced until npm run recover -- --announce.'];
    case 'announce':
      return ['Every number is said again.'];
    case 'list': {
      const offered = result.lost.filter(({ status }) => status === 'offered').length;
      const behind = `${result.intakeLag} messages wait to be taken in again: what came by message is awaited until then.`;
      return [
        ...result.lost.map(lineOf),
        `${result.lost.length} events were told and are not in the log; ${offered} offered.`,
        ...(result.intakeLag > 0 ? [behind] : []),
      ];
    }
    case 'accept':
      return [...result.accepted.map(lineOfAccepted), `${countDecided(result.accepted)} decided anew.`];
  }
};

const lineOfAccepted = ({ eventId, outcome, refusal }: Accepted): string =>
  `${eventId}  ${outcome}${refusal === undefined ? '' : `  ${JSON.stringify(refusal)}`}`;

const countDecided = (accepted: readonly Accepted[]): number =>
  accepted.filter(({ outcome }) => outcome === 'decided').length;

export const jsonOf = (result: RecoverResult): unknown => {
  switch (result.verb) {
    case 'pause':
      return { paused: true };
    case 'announce':
      return { announcing: true };
    case 'list':
      return { lost: result.lost.map(viewOf), intakeLag: result.intakeLag };
    case 'accept':
      return { accepted: result.accepted };
  }
};

const isDone = ({ outcome }: Accepted): boolean => ['decided', 'known', 'would_decide'].includes(outcome);

/** The exit code. */
export const statusOf = (result: RecoverResult): 0 | 1 =>
  result.verb === 'accept' && !result.accepted.every(isDone) ? 1 : 0;
