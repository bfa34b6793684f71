import { describe, expect, it } from 'vitest';
import { codesOf, filesNamed, read, sectionOf, tableRowsOf } from './markdown.js';

/** What is logged by a text of ours; what stands in for `${...}` is an ellipsis. */
const messagesIn = (source: string): string[] =>
  [...source.matchAll(/\blogger\.(?:info|warn|error)\((?:'([^']+)'|`([^`]+)`)/gu)].map(([, plain, template]) =>
    (plain ?? template ?? '').replaceAll(/\$\{[^}]+\}/gu, '…'),
  );

const sources = filesNamed(/^(apps|libs)\/.*(?<!\.test)\.ts$/u).map(read);

describe('the table of log messages', () => {
  const listed = tableRowsOf(sectionOf(read('docs/OPERATIONS.md'), '## Health and logs')).flatMap(([message = '']) =>
    codesOf(message),
  );
  const logged = [...new Set(sources.flatMap(messagesIn))];

  it('has every message that the code logs', () => {
    expect(logged.length).toBeGreaterThan(5);
    expect(logged.filter((message) => !listed.includes(message))).toEqual([]);
  });

  it('has none that it does not', () => {
    const checks = ['store', 'policies', 'projections'];
    expect(listed.filter((message) => !logged.includes(message) && !checks.includes(message))).toEqual([]);
  });

  it('control: another message is seen', () => {
    expect(messagesIn("logger.warn('Something new', {}); logger.info(`At ${place}`)")).toEqual([
      'Something new',
      'At …',
    ]);
  });
});
