import { describe, expect, it } from 'vitest';
import { parseXml } from './xml.js';

describe('parsing XML', () => {
  it('reads elements, text with its spaces, CDATA, entities and numbers of characters', () => {
    const source =
      '<?xml version="1.0"?>\n<!-- x --><a xmlns:x="y"><b> 1\n</b><c><![CDATA[<2>]]></c><d/>&lt;&#65;&#x42;</a>\n';
    expect(parseXml(source)).toEqual({
      name: 'a',
      text: '<AB',
      children: [
        { name: 'b', text: ' 1\n', children: [] },
        { name: 'c', text: '<2>', children: [] },
        { name: 'd', text: '', children: [] },
      ],
    });
  });

  it.each([
    ['nothing', ''],
    ['JSON', '{"a": 1}'],
    ['an open element', '<a><b>'],
    ['crossed elements', '<a><b></a></b>'],
    ['two roots', '<a/><b/>'],
    ['text around the root', 'x<a/>'],
    ['half a tag', '<a><b</a>'],
  ])('refuses %s', (_, source) => {
    expect(parseXml(source)).toBeUndefined();
  });
});
