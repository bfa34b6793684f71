import type { RecordedEvent } from '#event-sourcing';
import type { RunHeader } from '#observations';
import { asObservationEvent } from '../events/ledger-event.js';
import { keyOf } from './changes.js';
import type { FoldChanges, RunChange } from './changes.js';

/** A run's row is written when it has been judged; its rows of figures stay in the log. */
export const foldRun = (changes: FoldChanges, recorded: RecordedEvent): void => {
  const event = asObservationEvent(recorded);
  const { revision, metadata } = recorded;
  switch (event.type) {
    case 'RunReceived':
      return;
    case 'RunJudged': {
      const { verdict, reasons, evidence, rowCount } = event.data;
      const judged = { units: evidence.units, reasons, at: metadata.recordedAt };
      return set(changes, event.data, { state: verdict, waiting: verdict === 'held' ? rowCount : 0, judged, revision });
    }
    case 'RunReleased': {
      const { rest } = event.data;
      return set(changes, event.data, { ...noNews, state: rest === 0 ? 'released' : 'held', waiting: rest, revision });
    }
    case 'RunRejected':
      return set(changes, event.data, { ...noNews, state: 'rejected', waiting: 0, revision });
    default:
      return event satisfies never;
  }
};

const noNews = { judged: undefined };

type Standing = Pick<RunChange, 'state' | 'waiting' | 'judged' | 'revision'>;

const set = (changes: FoldChanges, header: RunHeader, standing: Standing): void => {
  const { connection, run, location, asOf, kind, rowCount } = header;
  const key = keyOf(connection, run);
  const judged = standing.judged ?? changes.runs.get(key)?.judged;
  changes.runs.set(key, { connection, run, location, asOf, kind, rowCount, ...standing, judged });
};
