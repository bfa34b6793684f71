import { describe, expect, it } from 'vitest';
import { renderSettingsTable, settings } from '#platform';
import { servicesOf } from '../deployment/composition.js';
import { codesOf, filesNamed, read, sectionOf, tableRowsOf } from './markdown.js';

const names = new Set<string>(Object.values(settings).map(({ name }) => name));
/** Read by Node itself. */
const notOurs = new Set(['NODE_ENV']);

describe('the table of settings', () => {
  it.each(['README.md', 'docs/OPERATIONS.md'])('in %s says what the code says', (document) => {
    const table = tableRowsOf(sectionOf(read(document), '## Configuration'));
    expect(table).toEqual(tableRowsOf(renderSettingsTable(settings)));
  });

  it('control: another default is seen', () => {
    const other = { ...settings, host: { ...settings.host, fallback: '0.0.0.0' } };
    expect(tableRowsOf(renderSettingsTable(other))).not.toEqual(tableRowsOf(renderSettingsTable(settings)));
  });
});

const unknownIn = (text: string): string[] =>
  [...text.matchAll(/^\s*(?:ENV )?([A-Z][A-Z_]+)(?:=|: )/gmu)]
    .map(([, name = '']) => name)
    .filter((name) => !names.has(name) && !notOurs.has(name));

describe('the image and its composition', () => {
  const ledger = servicesOf(read('docker-compose.yml')).get('stock-ledger') ?? '';

  it('set only what there is', () => {
    expect(unknownIn(read('Dockerfile'))).toEqual([]);
    expect(ledger).toContain('DATABASE_URL');
    expect(unknownIn(ledger)).toEqual([]);
  });

  it('publish the port that the service listens on', () => {
    const { fallback } = settings.port;
    expect(read('Dockerfile')).toContain(`\nEXPOSE ${fallback}\n`);
    expect(ledger).toContain(`:-${fallback}}:${fallback}'`);
  });

  it('control: a name that nobody reads is found', () => {
    expect(unknownIn('      DATABASE_URL: x\n      HOSTNAME: y\nENV DB_PORT=1\n')).toEqual(['HOSTNAME', 'DB_PORT']);
  });
});

const units: Readonly<Record<string, number>> = {
  '': 1,
  MiB: 1_048_576,
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};

const figureOf = (text: string): number => {
  const [, digits = '', unit = ''] = /^([\d,]+) ?(\w*)$/u.exec(text) ?? [];
  return Number(digits.replaceAll(',', '')) * (units[unit] ?? Number.NaN);
};

/** `const name = 5 * 60_000;` or `name: 5_000,`; several may share a name. */
const valuesOf = (name: string, sources: readonly string[]): number[] =>
  sources.flatMap((source) =>
    [...source.matchAll(new RegExp(`\\b${name}(?: =|:) ([\\d_ *]+)[;,]`, 'gu'))].map(([, product = '']) =>
      product.split('*').reduce((value, factor) => value * Number(factor.replaceAll(/[_ ]/gu, '')), 1),
    ),
  );

describe('the table of limits', () => {
  const sources = filesNamed(/^(apps|libs)\/.*(?<!\.test)\.ts$/u).map(read);
  const rows = tableRowsOf(sectionOf(read('README.md'), '## Limits'));

  it('has rows', () => expect(rows.length).toBeGreaterThan(10));

  it.each(rows)('%s: %s', (...[, figure = '', code = '']) => {
    const [name = ''] = codesOf(code);
    expect(valuesOf(name, sources)).toContain(figureOf(figure));
  });

  it('control: another figure and another name are seen', () => {
    expect(valuesOf('bodyBytesMax', sources)).not.toContain(figureOf('2 MiB'));
    expect(valuesOf('bodyBytesMin', sources)).toEqual([]);
  });
});
