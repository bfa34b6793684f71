import type { Hook } from '../../shop/module.js';
import type { EffectCase } from '../recordings.js';
import { expectedRows, rowsOf, type World, type WorldIn } from './world.js';

/** What a case says beside its rows, as the recording has it and as the shop did it. */
export type Notes = Readonly<Record<string, unknown>>;

/** A case made ready: its world, what is given, what is done, and what else it says. */
export type Script = {
  readonly world: World;
  readonly given?: () => Promise<unknown> | undefined;
  readonly act: () => Promise<unknown>;
  /** Compared when both have been done; told as the recording tells it. */
  readonly notes?: () => { readonly found: Notes; readonly recorded: Notes };
};

export type ScriptOf = (played: EffectCase, about: WorldIn) => Script;

/** The hooks that the shop runs for a module's outbox; the recordings have many more. */
const told: readonly unknown[] = [
  'actionValidateOrder',
  'actionValidateOrderAfter',
  'actionOrderHistoryAddAfter',
  'actionProductCancel',
  'actionOrderSlipAdd',
  'actionOrderEdited',
] satisfies readonly Hook[];

/** Plays a case and returns what it found beside what was recorded. */
export const play = async ({ world, given, act, notes }: Script, { before, after, hooks }: EffectCase) => {
  const heard: Hook[] = [];
  await given?.();
  const foundBefore = rowsOf(world, before);
  world.begin();
  world.shop.install({ outbox: ({ hook }) => heard.push(hook) });
  await act();
  const more = notes?.() ?? { found: {}, recorded: {} };
  const wereLookedAt = hooks.length > 0;
  return {
    found: { before: foundBefore, after: rowsOf(world, after), hooks: wereLookedAt ? heard : [], ...more.found },
    recorded: {
      before: expectedRows(world, before),
      after: expectedRows(world, after),
      hooks: hooks.filter((hook) => told.includes(hook)),
      ...more.recorded,
    },
  };
};
