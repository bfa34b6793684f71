import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { filesNamed, read } from '../../docs/markdown.js';

const folder = 'modules/prestashop/stockledger';

type Text = { readonly source: string; readonly text: string };

/** `l('text', 'file')`, or the form's own `l('text')`: the shop finds a translation by the file's name and the text. */
const textsOf = (path: string, code: string): readonly Text[] => {
  const own = path.endsWith('/SettingsForm.php') ? 'settingsform' : 'stockledger';
  return [...code.matchAll(/->l\('((?:[^'\\]|\\.)*)'(?:, '(\w+)')?\)/gu)].map(([, text = '', source = own]) => ({
    source,
    text,
  }));
};

/** As the shop computes it; texts with an apostrophe are escaped in a way of their own, so there are none. */
const keyOf = ({ source, text }: Text): string =>
  `<{stockledger}prestashop>${source}_${createHash('md5').update(text).digest('hex')}`;

const texts = filesNamed(/^modules\/prestashop\/stockledger\/.*\.php$/u)
  .filter((path) => !path.includes('/translations/'))
  .flatMap((path) => textsOf(path, read(path)));

const translationsOf = (code: string): ReadonlyMap<string, string> =>
  new Map([...code.matchAll(/\$_MODULE\['([^']+)'\] = '([^']+)';/gu)].map(([, key = '', text = '']) => [key, text]));

const placeholdersOf = (text: string): readonly string[] => (text.match(/%(?:\d\$)?[sd]/gu) ?? []).toSorted();

describe.each(['fr', 'nl'])('texts in %s', (language) => {
  const translations = translationsOf(read(`${folder}/translations/${language}.php`));

  it('are all there', () => {
    expect(texts.length).toBeGreaterThan(40);
    expect(texts.filter((text) => !translations.has(keyOf(text)))).toEqual([]);
  });

  it('are none of texts that are gone', () => {
    const keys = new Set(texts.map(keyOf));
    expect([...translations.keys()].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('have the placeholders of the original', () => {
    const differs = (text: Text): boolean =>
      placeholdersOf(text.text).join() !== placeholdersOf(translations.get(keyOf(text)) ?? '').join();
    expect(texts.filter(differs)).toEqual([]);
  });
});

it('texts have no apostrophe, which the shop would look for in another way', () => {
  expect(texts.filter(({ text }) => text.includes("'") || text.includes('\\'))).toEqual([]);
});

it('control: a text without a translation is found', () => {
  expect(textsOf('a.php', "$this->module->l('Nobody knows', 'texts')")).toEqual([
    { source: 'texts', text: 'Nobody knows' },
  ]);
  expect(placeholdersOf('%1$s of %2$d')).toEqual(['%1$s', '%2$d']);
});
