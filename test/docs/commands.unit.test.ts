import { describe, expect, it } from 'vitest';
import { filesNamed, read } from './markdown.js';

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const ownCommands = new Set(['ci', 'install', 'rebuild', 'prune']);

/** `npm test` and `npm run x`: what begins a line, an instruction or a piece in backticks, or follows another command. */
const npmCommandsOf = (text: string): string[] =>
  [...text.matchAll(/(?:^|`|&& |RUN |; |\d |suite \w+ |check \w+ )npm (?:run (?:--silent )?)?([a-z][\w:-]*)/gmu)].map(
    ([, name = '']) => name,
  );

const unknownIn = (text: string): string[] =>
  npmCommandsOf(text).filter((name) => !(name in scripts) && !ownCommands.has(name));

describe('commands of npm', () => {
  const documents = filesNamed(/\.md$|^Dockerfile$|^\.ci\/run$|^docker-compose\.yml$/u);

  it('are looked at in every document', () => expect(npmCommandsOf(read('README.md'))).toContain('replay'));

  it.each(documents)('in %s exist', (document) => expect(unknownIn(read(document))).toEqual([]));

  it('control: one that does not exist is found', () => {
    expect(unknownIn('`npm run nothing` after `npm ci && npm start` and `npm run --silent nope`')).toEqual([
      'nothing',
      'nope',
    ]);
  });
});
