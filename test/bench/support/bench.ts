import type { Report } from './report.js';
import type { Scope } from './scope.js';
import type { BenchServer } from './server.js';

/** How big and how long; `smoke` only shows that a bench runs. */
export type Scale = { readonly smoke: boolean; readonly rounds: number; readonly roundMillis: number };

export type BenchContext = {
  readonly server: BenchServer;
  readonly scale: Scale;
  /** The full size, or the tiny one of a smoke run. */
  readonly size: (full: number, tiny: number) => number;
  /** Whatever a bench starts is closed by it, also when the bench fails or is interrupted. */
  readonly scope: Scope;
  /** Progress, for people. */
  readonly say: (text: string) => void;
};

export type Bench = {
  readonly name: string;
  /** One line for the list of benches. */
  readonly about: string;
  readonly run: (context: BenchContext) => Promise<Report>;
};
