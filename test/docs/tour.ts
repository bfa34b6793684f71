import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { repository, type Block } from './markdown.js';

/** A step of a tour: what is pasted, and what the document says comes back. */
export type Step = { readonly script: string; readonly expected: readonly unknown[] };

/** Every `sh` block is a step; the `json` blocks after it are the answers that it shows. */
export const stepsOf = (blocks: readonly Block[]): Step[] =>
  blocks.reduce<Step[]>((steps, { language, text: block }) => {
    if (language === 'sh') return [...steps, { script: block, expected: [] }];
    const last = steps.at(-1);
    if (language !== 'json' || last === undefined) return steps;
    return [...steps.slice(0, -1), { ...last, expected: [...last.expected, JSON.parse(block) as unknown] }];
  }, []);

export type Played = { readonly code: number | null; readonly outputs: readonly string[]; readonly errors: string };

const mark = '--- end of step ---';

/** Plays all steps in one shell, as somebody would who pastes them one after another; stops at the first that fails. */
export const play = async (steps: readonly Step[], env: Readonly<Record<string, string>>): Promise<Played> => {
  const script = steps.map((step) => `${step.script}\necho; echo '${mark}'\n`).join('');
  const shell = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
    cwd: repository,
    // What npm says of the settings of the machine that it runs on is no complaint of ours.
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', npm_config_loglevel: 'error', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(shell, 'exit') as Promise<[number | null]>;
  const [output, errors, [code]] = await Promise.all([text(shell.stdout), text(shell.stderr), exit]);
  return { code, outputs: output.split(`${mark}\n`).slice(0, -1), errors };
};

/** The JSON values of an output, one a line; lines that are none (an event stream) are left out. */
export const answersOf = (output: string): unknown[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as unknown);
