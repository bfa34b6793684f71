import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesNamed, read, repository, withoutBlocks } from './markdown.js';

const documents = filesNamed(/\.md$/u);

/** As a reader's browser makes it of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-');

const anchorsOf = (markdown: string): Set<string> =>
  new Set([...withoutBlocks(markdown).matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) => anchorOf(heading)));

const linksOf = (markdown: string): string[] =>
  [...withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/u.test(target));

const isDead = (document: string, link: string, textOf: (path: string) => string = read): boolean => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(repository, target))) return true;
  return anchor !== undefined && !anchorsOf(textOf(target)).has(anchor);
};

describe('links', () => {
  it('are looked at in every document', () => expect(documents).toContain('README.md'));

  it.each(documents)('of %s lead somewhere', (document) => {
    expect(linksOf(read(document)).filter((link) => isDead(document, link))).toEqual([]);
  });

  it('control: a dead one is found, and a dead anchor', () => {
    const links = linksOf('[a](docs/nothing.md) [b](#nowhere) [c](#tests) [d](docs/ARCHITECTURE.md) [e](https://x.y)');
    expect(links.filter((link) => isDead('README.md', link))).toEqual(['docs/nothing.md', '#nowhere']);
  });
});
