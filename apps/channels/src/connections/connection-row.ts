import type { Canary, Rung } from '#channel-kit';
import type { PausableRung, Settings, Standing } from './standing/standing.js';

/** A row of connections.connection. */
export type ConnectionRow = {
  readonly channel: string;
  readonly connection: string;
  readonly kind: string;
  readonly settings: Settings;
  readonly rung: Rung;
  readonly canary: Canary | null;
  readonly paused_from: PausableRung | null;
  readonly paused_for: string | null;
  readonly revision: number;
};

export const standingOf = ({ rung, canary, paused_from, paused_for, ...row }: ConnectionRow): Standing => ({
  ...row,
  ladder: { rung, ...(canary !== null && { canary }) },
  pausedFrom: paused_from ?? undefined,
  pausedFor: paused_for ?? undefined,
});

/** What may change of a connection, in the order of the statements. */
export const changingValues = ({ settings, ladder, pausedFrom, pausedFor, revision }: Standing): unknown[] => [
  JSON.stringify(settings),
  ladder.rung,
  ladder.canary === undefined ? null : JSON.stringify(ladder.canary),
  pausedFrom ?? null,
  pausedFor ?? null,
  revision,
];
