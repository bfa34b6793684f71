/** One promise of a port, and how to ask an adapter whether it keeps it. */
export type NamedCheck = { readonly name: string; readonly run: () => Promise<void> };

/** Checks against something that runs, and how to leave it. */
export type Suite = { readonly checks: readonly NamedCheck[]; readonly stop: () => Promise<void> };

/** What can be asked whether it keeps the contracts of its ports. */
export type Adapter = {
  /** The variable with its address; none where nothing outside the process is needed. */
  readonly variable?: string;
  /** How many checks it is asked. */
  readonly count: number;
  /** @param address what the variable says */
  readonly open: (address: string) => Promise<Suite>;
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
