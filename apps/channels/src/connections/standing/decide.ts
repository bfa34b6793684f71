import { isDeepStrictEqual } from 'node:util';
import { refuseStep, type Canary, type Ladder, type Rung } from '#channel-kit';
import type {
  ConnectionCommand,
  ConnectionDecision,
  ConnectionRefusal,
  PausableRung,
  Settings,
  Standing,
} from './standing.js';

type Of<Kind extends ConnectionCommand['kind']> = Extract<ConnectionCommand, { readonly kind: Kind }>;

/** What becomes of a channel's connection by a command; `undefined`: there is none yet. Pure. */
export const decideConnection = (standing: Standing | undefined, command: ConnectionCommand): ConnectionDecision => {
  if (command.kind === 'add') return add(standing, command);
  if (standing === undefined) return refused({ code: 'unknown_connection' });
  switch (command.kind) {
    case 'change':
      return change(standing, command);
    case 'step':
      return step(standing, command);
    case 'pause':
      return pause(standing, command);
    case 'resume':
      return resume(standing);
    default:
      return command satisfies never;
  }
};

const refused = (refusal: ConnectionRefusal): ConnectionDecision => ({ kind: 'refused', refusal });

const changed = (standing: Standing, content: Settings): ConnectionDecision => ({
  kind: 'changed',
  standing: { ...standing, revision: standing.revision + 1 },
  content,
});

/** The same again is there already; secrets of an `add` that came twice are left as they are. */
const add = (standing: Standing | undefined, { channel, connection, connector, settings }: Of<'add'>) => {
  if (standing === undefined) {
    const ladder: Ladder = { rung: 'off' };
    const made = { channel, connection, kind: connector, settings, ladder };
    return changed(
      { ...made, pausedFor: undefined, pausedFrom: undefined, revision: -1 },
      { connection, kind: connector, settings },
    );
  }
  const isSame =
    standing.connection === connection && standing.kind === connector && isDeepStrictEqual(standing.settings, settings);
  return isSame ? ({ kind: 'unchanged', standing } as const) : refused({ code: 'already_connected' });
};

const overtaken = ({ revision }: Standing, expected: number): ConnectionDecision | undefined =>
  revision === expected ? undefined : refused({ code: 'connection_changed', expected, revision });

const change = (standing: Standing, { settings = standing.settings, secrets, revision }: Of<'change'>) => {
  const late = overtaken(standing, revision);
  if (late !== undefined) return late;
  if (secrets.length === 0 && isDeepStrictEqual(standing.settings, settings))
    return { kind: 'unchanged', standing } as const;
  return changed({ ...standing, settings }, { settings, ...(secrets.length > 0 && { secrets }) });
};

/** Out of a pause it is a step from the rung where the channel was paused: nobody climbs by pausing. */
const step = (standing: Standing, { rung, canary, revision }: Of<'step'>): ConnectionDecision => {
  const late = overtaken(standing, revision);
  if (late !== undefined) return late;
  if (rung === 'paused') return stepAside(standing);
  if (rung === standing.ladder.rung && isDeepStrictEqual(canary, standing.ladder.canary))
    return { kind: 'unchanged', standing };
  const from = standing.pausedFrom ?? standing.ladder.rung;
  const goesOn = rung === standing.pausedFrom && (rung !== 'canary' || canary !== undefined);
  const refusal = goesOn ? undefined : refusalOf(from, rung, canary);
  if (refusal !== undefined) return refused(refusal);
  return standAt(standing, rung, rung === 'canary' ? canary : undefined);
};

const stepAside = (standing: Standing): ConnectionDecision => {
  const { rung } = standing.ladder;
  const refusal = rung === 'paused' ? undefined : refusalOf(rung, 'paused', undefined);
  return refusal === undefined ? pause(standing, { kind: 'pause', cause: undefined }) : refused(refusal);
};

const refusalOf = (from: Rung, rung: Rung, canary: Canary | undefined): ConnectionRefusal | undefined => {
  const refusal = refuseStep(from, { rung, ...(canary !== undefined && { canary }) });
  switch (refusal?.kind) {
    case 'not_a_step':
      return { code: 'not_a_step', from: refusal.from, to: refusal.to, next: refusal.next };
    case 'canary_missing':
      return { code: 'canary_missing' };
    case undefined:
      return undefined;
  }
};

const standAt = (standing: Standing, rung: Rung, canary: Canary | undefined): ConnectionDecision => {
  const ladder: Ladder = { rung, ...(canary !== undefined && { canary }) };
  const free = { pausedFor: undefined, pausedFrom: undefined };
  return changed({ ...standing, ...free, ladder }, { from: standing.ladder.rung, ...ladder });
};

const pause = (standing: Standing, { cause }: Of<'pause'>): ConnectionDecision => {
  const { rung } = standing.ladder;
  if (isPausable(rung)) return pausedAt(standing, rung, cause);
  // A person has paused it and something else wants it paused as well: whoever lets it go on has to know of both.
  if (rung === 'off' || cause === undefined || standing.pausedFor !== undefined) return { kind: 'unchanged', standing };
  return changed({ ...standing, pausedFor: cause }, { from: 'paused', rung, pausedFor: cause });
};

const pausedAt = (standing: Standing, rung: PausableRung, cause: string | undefined): ConnectionDecision => {
  const ladder: Ladder = { ...standing.ladder, rung: 'paused' };
  return changed(
    { ...standing, ladder, pausedFrom: rung, pausedFor: cause },
    { from: rung, rung: 'paused', ...(cause !== undefined && { pausedFor: cause }) },
  );
};

const isPausable = (rung: Rung): rung is PausableRung => rung !== 'off' && rung !== 'paused';

const resume = (standing: Standing): ConnectionDecision => {
  const { pausedFrom, ladder } = standing;
  if (pausedFrom === undefined) return refused({ code: 'not_paused', rung: ladder.rung });
  return standAt(standing, pausedFrom, ladder.canary);
};
