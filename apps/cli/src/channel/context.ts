import type { Progress } from '../copy/run.js';
import type { Json, Terms } from '../policy/terms.js';
import type { Ask } from './api.js';
import type { ChannelOptions } from './options.js';

/** What a verb works with. */
export type Context = {
  readonly options: ChannelOptions;
  readonly ask: Ask;
  /** A line for a person. */
  readonly print: (line: string) => void;
  readonly progress: Progress;
  readonly sleep: (millis: number) => Promise<void>;
  /** All of stdin. */
  readonly readInput: () => Promise<string>;
};

/** What it came to: for programs, and whether something waits for a person. */
export type Result = { readonly json: Terms; readonly waits: boolean };

export const done = (json: Terms, waits = false): Result => ({ json, waits });

/** What every change says; without --yes it is tried and not done. */
export const wishOf = ({ yes, reason }: ChannelOptions): { readonly [name: string]: Json } => ({
  reason,
  dryRun: !yes,
});
