import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { read } from '../docs/markdown.js';

const dockerfile = read('Dockerfile');

const complaintsAbout = (text: string) =>
  validate(text).map(({ message, range }) => ({ message, line: range.start.line + 1 }));

/** Who runs what the last stage starts. */
const userOf = (text: string): string | undefined => /^USER (\S+)$/mu.exec(text.split(/^FROM /mu).at(-1) ?? '')?.[1];

describe('the image', () => {
  it('is found faultless by the parser of its language', () => expect(complaintsAbout(dockerfile)).toEqual([]));

  it.each([
    ['an instruction that there is not', 'EXPOSE 8080', 'EXPOSED 8080'],
    ['a port that is none', 'EXPOSE 8080', 'EXPOSE http'],
    ['a span without a unit', '--interval=10s', '--interval=10'],
    ['a folder that is not absolute', 'WORKDIR /app', 'WORKDIR app'],
  ])('control: %s is found', (_, good, bad) => {
    expect(dockerfile).toContain(good);
    expect(complaintsAbout(dockerfile.replaceAll(good, bad))).not.toEqual([]);
  });

  it('is built in stages, and runs as nobody special', () => {
    expect(dockerfile.match(/^FROM /gmu)).toHaveLength(2);
    expect(userOf(dockerfile)).toBe('node');
  });

  it('control: a last stage without a user runs as root, and is seen', () => {
    expect(userOf(dockerfile.replace('USER node\n', ''))).toBeUndefined();
  });
});
