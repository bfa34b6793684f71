import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesNamed, repository } from '../docs/markdown.js';

const isAccepted = (path: string): boolean => spawnSync('php', ['-l', path], { cwd: repository }).status === 0;

describe('the PHP that is here accepts', () => {
  it('every file of the modules and of their shops', () => {
    const files = filesNamed(/^modules\/.*\.php$/u);
    expect(files.length).toBeGreaterThan(60);
    expect(files.filter((path) => !isAccepted(path))).toEqual([]);
  });
});

describe('control', () => {
  const folder = mkdtempSync(join(tmpdir(), 'php-lint-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('a file that is no PHP is refused', () => {
    const file = join(folder, 'broken.php');
    writeFileSync(file, '<?php class {');
    expect(isAccepted(file)).toBe(false);
  });
});
