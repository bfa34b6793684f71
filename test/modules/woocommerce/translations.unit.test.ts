import { describe, expect, it } from 'vitest';
import { filesNamed, read } from '../../docs/markdown.js';

const folder = 'modules/woocommerce/stockledger';

const textsOf = (code: string): readonly string[] =>
  [...code.matchAll(/__\('((?:[^'\\]|\\.)*)', 'stockledger'\)/gu)].map(([, text = '']) => text);

const texts = filesNamed(/^modules\/woocommerce\/stockledger\/src\/.*\.php$/u).flatMap((path) => textsOf(read(path)));

/** A file of WordPress 6.5 and later, which reads it in place of a compiled catalogue. */
const translationsOf = (code: string): ReadonlyMap<string, string> =>
  new Map(
    [...code.matchAll(/^ {8}'((?:[^'\\]|\\.)*)' => '((?:[^'\\]|\\.)*)',$/gmu)].map(([, text = '', translated = '']) => [
      text,
      translated,
    ]),
  );

const placeholdersOf = (text: string): readonly string[] => (text.match(/%(?:\d\$)?[sd]/gu) ?? []).toSorted();

describe.each(['fr_FR', 'nl_NL'])('texts in %s', (language) => {
  const code = read(`${folder}/languages/stockledger-${language}.l10n.php`);
  const translations = translationsOf(code);

  it('are all there', () => {
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter((text) => !translations.has(text))).toEqual([]);
  });

  it('are none of texts that are gone', () => {
    const known = new Set(texts);
    expect([...translations.keys()].filter((text) => !known.has(text))).toEqual([]);
  });

  it('have the placeholders of the original', () => {
    const differs = (text: string): boolean =>
      placeholdersOf(text).join() !== placeholdersOf(translations.get(text) ?? '').join();
    expect(texts.filter(differs)).toEqual([]);
  });

  it('say which language they are', () => expect(code).toContain(`'language' => '${language}'`));
});

it('control: a text is found wherever it is asked for', () => {
  expect(textsOf(`esc_html__('One', 'stockledger') . __('Two %d', 'stockledger') . __('Three', 'other')`)).toEqual([
    'One',
    'Two %d',
  ]);
  expect(placeholdersOf('%1$s of %2$d')).toEqual(['%1$s', '%2$d']);
});
