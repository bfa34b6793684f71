/** One promise of a port, and how to ask an adapter whether it keeps it. */
export type NamedCheck = { readonly name: string; readonly run: () => Promise<void> };

/** A promise that cannot be asked here, and why. */
export type Skip = { readonly name: string; readonly reason: string };

/** Checks against something that runs, and how to leave it. */
export type Suite = {
  readonly checks: readonly NamedCheck[];
  readonly skipped?: readonly Skip[];
  readonly stop: () => Promise<void>;
};

export type Env = Readonly<Record<string, string | undefined>>;

/** What can be asked whether it keeps the contracts of its ports. */
export type Adapter = {
  /** The variable with its address; none where nothing outside the process is needed. */
  readonly variable?: string;
  /** Other variables that it cannot do without. */
  readonly also?: readonly string[];
  /** How many checks it is asked. */
  readonly count: number;
  /** @param address what the variable says */
  readonly open: (address: string, env: Env) => Promise<Suite>;
};

/** The checks of one port, under its name. */
export const checksOf = <Scene>(
  port: string,
  checks: Readonly<Record<string, (scene: Scene) => Promise<void>>>,
  sceneOf: () => Scene,
): readonly NamedCheck[] =>
  Object.entries(checks).map(([name, check]) => ({ name: `${port}: ${name}`, run: () => check(sceneOf()) }));

export const countOf = (...checks: readonly Readonly<Record<string, unknown>>[]): number =>
  checks.reduce((count, some) => count + Object.keys(some).length, 0);
