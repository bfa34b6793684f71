import { describe, expect, it } from 'vitest';
import type { AsyncApi } from './async-api.js';
import { html, prose } from './html.js';
import { renderEventDocs } from './render-event-docs.js';
import type { Schema } from './schema.js';

const schema: Schema = {
  title: 'Box',
  description: 'A box <of> things.',
  properties: {
    name: { $ref: '#/$defs/name', description: 'Whose.' },
    count: { type: 'integer', minimum: 0, maximum: 10, description: 'How many.' },
    things: { type: 'array', maxItems: 5, items: { $ref: '#/$defs/thing' } },
    kind: { const: 'box' },
    inner: { type: 'object', properties: { deep: { type: ['string', 'null'] } } },
  },
  required: ['name'],
  $defs: {
    name: { type: 'string', minLength: 1, maxLength: 9, pattern: '^<', description: 'Nine characters.' },
    thing: { title: 'Thing', properties: { state: { enum: ['new', 'old'] }, in: { $ref: '#/$defs/thing' } } },
  },
};

const api = (reference = './schemas/box.json'): AsyncApi => ({
  info: { title: 'Boxes', version: '1', description: 'With `code` in it.' },
  channels: {
    boxes: {
      address: 'boxes.v1',
      title: 'Boxes',
      description: 'All boxes.',
      messages: { box: { $ref: '#/components/messages/box' } },
      bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['compact'] } } },
    },
  },
  operations: { take: { action: 'receive', channel: { $ref: '#/channels/boxes' }, summary: 'Takes boxes.' } },
  components: {
    messages: {
      box: {
        title: 'Box',
        headers: { properties: { ce_id: { type: 'string' } }, required: ['ce_id'] },
        payload: { schema: { $ref: reference } },
        bindings: { kafka: { key: { type: 'string', description: 'The name.' } } },
        examples: [{ headers: { ce_id: '<1>' }, payload: { name: 'a & b' } }],
      },
    },
  },
});

const page = renderEventDocs({ asyncApi: api(), schemas: new Map([['schemas/box.json', schema]]) });

describe('the page', () => {
  it.each([
    ['the topic', '<h2 id="boxes">boxes.v1</h2>'],
    ['its direction', 'Boxes, to the ledger'],
    ['its settings', '<code>cleanup.policy=compact</code>'],
    ['the key', '<p>string. The name.</p>'],
    ['the headers', '<code>ce_id</code>'],
    ['a member with the bounds and words of its kind', 'Whose. Nine characters.'],
    ['bounds of numbers', 'integer from 0 to 10'],
    ['lengths and patterns', 'string of 1 to 9 characters <code>^&lt;</code>'],
    ['lists', 'list of <a href="#boxes-value-thing">Thing</a>, at most 5'],
    ['objects under their names', '<h4 id="boxes-value-thing">Thing</h4>'],
    ['choices', 'one of new, old'],
    ['constants', '&quot;box&quot;'],
    ['objects within', 'string or null'],
    ['code', 'With <code>code</code> in it.'],
    ['examples, escaped', '&quot;name&quot;: &quot;a &amp; b&quot;'],
    ['where the files are', '<a href="/docs/events/schemas/box.json">'],
  ])('shows %s', (_, markup) => expect(page).toContain(markup));

  it('has each anchor once, and every link within it leads to one', () => {
    const anchors = [...page.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    const links = [...page.matchAll(/href="#([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });

  it('lets no text be markup', () => {
    expect(page).not.toContain('<of>');
    expect(page).not.toContain('<1>');
    expect(html`<a title="${'"><script>'}">${"'&"}</a>`.markup).toBe(
      '<a title="&quot;&gt;&lt;script&gt;">&#39;&amp;</a>',
    );
    expect(prose('`<`').map(({ markup }) => markup)).toEqual(['', '<code>&lt;</code>', '']);
  });

  it('is not made of a document whose references lead nowhere', () => {
    expect(() => renderEventDocs({ asyncApi: api('./schemas/none.json'), schemas: new Map() })).toThrow(
      'leads nowhere',
    );
    const dangling: Schema = { properties: { a: { $ref: '#/$defs/none' } } };
    expect(() => renderEventDocs({ asyncApi: api(), schemas: new Map([['schemas/box.json', dangling]]) })).toThrow(
      'leads nowhere',
    );
  });
});
