import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine, parseStrictJson } from '#platform';
import { examineMovement, type movementRequests } from '../../apps/ledger/src/http/movements/movement.request.js';
import { OrderRequest } from '../../apps/ledger/src/http/orders/order.request.js';
import { schemas, validatorOf } from './contracts.js';

/** Does the ledger take it, as far as its form goes? What it takes over HTTP and what it takes from a topic are the same. */
const isMovement = (body: unknown): boolean => 'request' in examineMovement(body);

const isOrder = (body: unknown): boolean => {
  const examined = examine(OrderRequest, body);
  if ('problem' in examined) return false;
  try {
    examined.request.toSnapshot();
    return true;
  } catch {
    return false;
  }
};

const intakes = {
  order: { isTaken: isOrder, validate: validatorOf('order.v1.json') },
  movement: { isTaken: isMovement, validate: validatorOf('movement.v1.json') },
} as const;

// Bodies as they may come: right ones, and right ones with something wrong in them.

const keys = fc.constantFrom('A', 'TSHIRT-BLUE-M', 'po-12/1', 'ä€', 'x'.repeat(64), '0', ' ');
const codes = fc.constantFrom('wh1', 'web', 'a_1', 'x'.repeat(32));
const moments = fc.constantFrom(
  '2026-03-01T09:30:00Z',
  '2024-02-29T23:59:59.123456789+05:30',
  '0001-01-01T00:00:00.0Z',
);
const units = fc.constantFrom(0, 1, 3, 1_000_000_000);
const texts = fc.constantFrom('why', 'x'.repeat(200), 'water damage €');
const versions = fc.constantFrom(1, 2, Number.MAX_SAFE_INTEGER);

/** Anything that may stand in the place of a value. No text that only a program can tell: see the last test. */
const oddities = fc.constantFrom<unknown>(
  ...[null, '', 0, -1, 1.5, 1e9 + 1, 2 ** 53, true, 'x', 'X Y', '$x', 'a\u0000', 'a\u2028b', '\ud800', 'x'.repeat(65)],
  ...['x'.repeat(33), 'x'.repeat(129), 'x'.repeat(201), 'sellable', 'paid', 'receipt', 'scrapped', 'constructor'],
  ...['2026-03-01', '2026-03-01T09:30:00', '2026-02-29T00:00:00Z', '2026-03-01T24:00:00Z', '2026-03-01T09:30:60Z'],
  ...['2026-03-01 09:30:00Z', '2026-03-01t09:30:00z', '2026-03-01T09:30:00+24:00', '2026-13-01T00:00:00Z', '12', []],
  ...[{}, [{}], [null], ['x'], { channel: 'web' }, { product: '' }, { product: '42', variant: null }],
);

type Body = Readonly<Record<string, unknown>>;

const optionally = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, required: readonly string[]) =>
  fc.record(fields, { requiredKeys: [...required] }) as fc.Arbitrary<Body>;

const orderLines = optionally({ channel: codes, orderKey: keys, line: keys }, ['channel', 'orderKey', 'line']);
const buckets = fc.constantFrom('sellable', 'quarantined', 'damaged');
const signed = fc.constantFrom(-1_000_000_000, -1, 0, 7);

/** What a kind has beside what all have, and what of it must be there. */
const ownFields: Readonly<
  Record<keyof typeof movementRequests, readonly [Readonly<Record<string, fc.Arbitrary<unknown>>>, readonly string[]]>
> = {
  receipt: [{ quantity: units, bucket: buckets, incomingLine: keys, document: keys }, ['quantity']],
  issue: [{ quantity: units, order: orderLines, document: keys }, ['quantity']],
  return: [
    { quantity: units, disposition: fc.constantFrom('sellable', 'scrapped'), order: orderLines, document: keys },
    ['quantity'],
  ],
  adjustment: [{ quantity: signed, bucket: buckets, reason: texts, document: keys }, ['quantity', 'reason']],
  count: [{ quantity: signed, basis: fc.constantFrom('on_hand', 'usable', 'free'), asOf: moments }, ['quantity']],
  bucket_change: [{ from: buckets, to: buckets, quantity: units, reason: texts }, ['from', 'to', 'quantity', 'reason']],
  transfer_dispatch: [{ transfer: keys, to: codes, quantity: units, document: keys }, ['transfer', 'to', 'quantity']],
  transfer_receipt: [{ transfer: keys, quantity: units, document: keys }, ['transfer', 'quantity']],
  transfer_close: [{ transfer: keys, quantity: units }, ['transfer', 'quantity']],
  incoming: [
    {
      quantity: units,
      orderedAt: moments,
      eta: moments,
      confirmed: fc.boolean(),
      confidence: fc.constantFrom(0, 10_000),
    },
    ['quantity'],
  ],
};

const movementsOf = (kind: keyof typeof movementRequests): fc.Arbitrary<Body> => {
  const [own, required] = ownFields[kind];
  const common = {
    sku: keys,
    location: codes,
    sourceKey: keys,
    sourceVersion: versions,
    occurredAt: moments,
    id: keys,
  };
  return optionally({ kind: fc.constant(kind), ...common, ...own }, [
    'kind',
    'sku',
    'location',
    'sourceKey',
    ...required,
  ]);
};

const products = fc.oneof(
  optionally({ sku: keys, unitsPerSale: fc.constantFrom(1, 1_000_000) }, ['sku']),
  fc.record({ ids: optionally({ product: keys, variant: keys }, ['product']) }),
);
const snapshotLines: fc.Arbitrary<Body> = fc
  .tuple(
    products,
    optionally(
      {
        line: keys,
        ordered: units,
        cancelled: units,
        shipped: units,
        refunded: units,
        restocked: units,
        location: codes,
      },
      ['line', 'ordered'],
    ),
  )
  .map(([product, line]) => ({ ...line, ...product }));
const orders = optionally(
  {
    version: fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER),
    placedAt: moments,
    changedAt: moments,
    payment: fc.constantFrom('pending', 'paid', 'failed', 'cancelled', 'refunded', 'trashed'),
    cart: keys,
    lines: fc.array(snapshotLines, { maxLength: 3 }),
  },
  ['version', 'placedAt', 'lines'],
);

/** One change: a member gone, another value, or one that does not belong there; somewhere within. */
type Change = {
  readonly at: number;
  readonly how: 'remove' | 'replace' | 'add';
  readonly value: unknown;
  readonly name: string;
};
const changes: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(40),
  how: fc.constantFrom('remove', 'replace', 'replace', 'replace', 'add'),
  value: oddities,
  name: fc.constantFrom('extra', 'sku', 'ids', 'unitsPerSale', 'order', 'bucket', 'document', 'reason', '__proto'),
});

type Container = Record<string, unknown>;

/** Every object within, with its members, in order. */
const membersOf = (value: unknown): readonly (readonly [Container, string])[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [[value as Container, name] as const, ...membersOf(member)]);
};

const changed = (body: Body, { at, how, value, name }: Change): Body => {
  const copy = structuredClone(body);
  const members = membersOf(copy);
  const [container, member] = members[at % members.length]!;
  if (how === 'add' && !Array.isArray(container)) container[name] = value;
  if (how === 'replace') container[member] = value;
  if (how === 'remove' && !Array.isArray(container)) Reflect.deleteProperty(container, member);
  return copy;
};

const agree = (intake: keyof typeof intakes, bodies: fc.Arbitrary<Body>) => {
  const { isTaken, validate } = intakes[intake];
  const verdicts = { taken: 0, refused: 0 };
  const property = fc.property(bodies, fc.array(changes, { maxLength: 2 }), (body, all) => {
    const last = all.reduce(changed, body);
    const taken = isTaken(structuredClone(last));
    verdicts[taken ? 'taken' : 'refused'] += 1;
    expect({ last, isValid: validate(last) }).toEqual({ last, isValid: taken });
  });
  fc.assert(property, { numRuns: runs });
  return verdicts;
};
const runs = 400;

describe('the schema and the request classes agree', () => {
  it.each(Object.keys(ownFields) as (keyof typeof ownFields)[])('on a movement: %s', (kind) => {
    const { taken, refused } = agree('movement', movementsOf(kind));
    expect(Math.min(taken, refused), 'control: both verdicts were met').toBeGreaterThan(runs / 10);
  });

  it('on an order', () => {
    const { taken, refused } = agree('order', orders);
    expect(Math.min(taken, refused), 'control: both verdicts were met').toBeGreaterThan(runs / 10);
  });

  it('on the number of lines', () => {
    const { isTaken, validate } = intakes.order;
    const of = (count: number): Body => ({
      version: 1,
      placedAt: '2026-03-01T09:30:00Z',
      lines: Array.from({ length: count }, (_, index) => ({ line: `${index}`, sku: 'A', ordered: 1 })),
    });
    for (const [count, isRight] of [
      [0, true],
      [2_000, true],
      [2_001, false],
    ] as const) {
      expect([count, isTaken(of(count)), validate(of(count))]).toEqual([count, isRight, isRight]);
    }
  });

  it.each(['order', 'movement'] as const)('on the examples of %s', (intake) => {
    const examples = schemas[`${intake}.v1.json`]?.examples ?? [];
    expect(examples.filter((example) => !intakes[intake].isTaken(example))).toEqual([]);
  });

  it('control: a schema that forgets a bound is found', () => {
    const { isTaken } = intakes.movement;
    const receipt = { kind: 'receipt', sku: 'A', location: 'wh1', quantity: 1_000_000_001, sourceKey: 's' };
    expect([isTaken(receipt), validatorOf('movement.v1.json')(receipt)]).toEqual([false, false]);
    expect(isTaken({ ...receipt, quantity: 1 })).toBe(true);
  });
});

describe('what only a program can tell, the classes refuse and the schema takes', () => {
  it.each([
    ['a SKU that is not in the composed form', 'a\u0308'],
    ['a SKU of 64 characters and more than 128 bytes', '€'.repeat(64)],
    ['a SKU whose characters are pairs, more than 64 units', '\u{1f600}'.repeat(33)],
  ])('%s', (_, sku) => {
    const receipt = { kind: 'receipt', sku, location: 'wh1', quantity: 1, sourceKey: 's' };
    expect([isMovement(receipt), validatorOf('movement.v1.json')(receipt)]).toEqual([false, true]);
  });
});

it('a member named like a method is refused by the schema, and before the classes could overlook it', () => {
  const receipt = { kind: 'receipt', sku: 'A', location: 'wh1', quantity: 1, sourceKey: 's', toString: null };
  expect([isMovement(receipt), validatorOf('movement.v1.json')(receipt)]).toEqual([true, false]);
  expect(() => parseStrictJson(Buffer.from(JSON.stringify(receipt)))).toThrow('toString is not a field.');
});
