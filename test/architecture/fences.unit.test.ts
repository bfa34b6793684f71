import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokenTree, plantTree, repository } from './broken-tree.js';

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };
type Report = { readonly summary: { readonly violations: readonly Violation[]; readonly totalCruised: number } };

const cruise = (root: string): Report => {
  const bin = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(repository, '.dependency-cruiser.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [bin, '--config', config, '--output-type', 'json', 'apps', 'libs', 'test', 'tools'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e9 },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Report;
};

/** Each file breaks one rule, and the sentence says how. */
const broken: readonly { says: string; file: string; text: string; rules: readonly string[] }[] = [
  {
    says: "a type of Nest's in stock, type-only",
    file: 'libs/stock/src/nest.ts',
    text: "import type { Type } from '@nestjs/common';\nexport type A = Type;\n",
    rules: ['stock-imports-kernel-and-atp'],
  },
  {
    says: 'the driver in stock',
    file: 'libs/stock/src/driver.ts',
    text: "import pg from 'pg';\nexport const a = pg;\n",
    rules: ['stock-imports-kernel-and-atp', 'only-postgres-imports-pg'],
  },
  {
    says: "the driver's types in an app, type-only",
    file: 'apps/ledger/src/driver.ts',
    text: "import type { Pool } from 'pg';\nexport type A = Pool;\n",
    rules: ['only-postgres-imports-pg'],
  },
  {
    says: 'the driver in an event store',
    file: 'libs/event-store/postgres/src/driver.ts',
    text: "import { Pool } from 'pg';\nexport const a = new Pool();\n",
    rules: ['only-postgres-imports-pg', 'event-store-imports-kernel-and-driver'],
  },
  {
    says: 'Node in atp',
    file: 'libs/atp/src/node.ts',
    text: "import { randomUUID } from 'node:crypto';\nexport const a = randomUUID();\n",
    rules: ['pure-libs-without-node'],
  },
  {
    says: 'stock in the kernel',
    file: 'libs/event-sourcing/src/stock.ts',
    text: "import type { a } from '#stock';\nexport type A = typeof a;\n",
    rules: ['event-sourcing-imports-nothing'],
  },
  {
    says: 'the kernel in atp',
    file: 'libs/atp/src/kernel.ts',
    text: "import { a } from '#event-sourcing';\nexport const b = a;\n",
    rules: ['atp-imports-nothing'],
  },
  {
    says: 'stock in orders',
    file: 'libs/orders/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['orders-imports-kernel-and-atp'],
  },
  {
    says: 'stock in observations',
    file: 'libs/observations/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['observations-imports-kernel-and-atp'],
  },
  {
    says: 'the domain in an adapter',
    file: 'libs/event-store/memory/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['event-store-imports-kernel-and-driver'],
  },
  {
    says: 'the domain in platform',
    file: 'libs/platform/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['platform-imports-nest'],
  },
  {
    says: 'Nest in the read model',
    file: 'libs/read-model/src/nest.ts',
    text: "import { Injectable } from '@nestjs/common';\nexport const a = Injectable;\n",
    rules: ['read-model-imports-domain-and-postgres'],
  },
  {
    says: 'stock in policies',
    file: 'libs/policies/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['policies-imports-kernel-and-atp'],
  },
  {
    says: 'the kernel in the driver lib',
    file: 'libs/postgres/src/kernel.ts',
    text: "import { a } from '#event-sourcing';\nexport const b = a;\n",
    rules: ['postgres-imports-pg'],
  },
  {
    says: 'the domain in messaging',
    file: 'libs/messaging/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['messaging-imports-kernel-and-driver'],
  },
  {
    says: 'stock in the channel kit',
    file: 'libs/channel-kit/src/stock.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['channel-kit-imports-kernel'],
  },
  {
    says: 'a connector in another',
    file: 'libs/connectors/one/src/other.ts',
    text: "import { a } from '../../two/src/index.js';\nexport const b = a;\n",
    rules: ['connectors-import-channel-kit'],
  },
  {
    says: "Node in channel-kit's protocol",
    file: 'libs/channel-kit/src/row/node.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
    rules: ['channel-kit-core-without-node'],
  },
  {
    says: 'the rest of a connector in its model of local effects',
    file: 'libs/connectors/prestashop/src/effects/outside.ts',
    text: "import { readFileSync } from 'node:fs';\nimport { b } from '../part.js';\nexport const a = [b, readFileSync];\n",
    rules: ['prestashop-effects-import-channel-kit', 'prestashop-effects-without-node'],
  },
  {
    says: 'another package in a connector',
    file: 'libs/connectors/prestashop/src/fastify.ts',
    text: "import { fastify } from 'fastify';\nexport const a = fastify;\n",
    rules: ['prestashop-imports-its-wire'],
  },
  {
    says: 'HTTP of its own in a connector',
    file: 'libs/connectors/woocommerce/src/http.ts',
    text: "import { Agent } from 'undici';\nexport const a = Agent;\n",
    rules: ['woocommerce-imports-its-wire'],
  },
  {
    says: 'the kernel where one waits with an end',
    file: 'libs/deadline/src/kernel.ts',
    text: "import type { Clock } from '#event-sourcing';\nexport type A = Clock;\n",
    rules: ['deadline-imports-nothing'],
  },
  {
    says: 'a connector in what all of them speak by',
    file: 'libs/shop-http/src/other.ts',
    text: "import { a } from '../../connectors/one/src/index.js';\nexport const b = a;\n",
    rules: ['shop-http-imports-channel-kit'],
  },
  {
    says: "the rest of a connector in WooCommerce's model of local effects",
    file: 'libs/connectors/woocommerce/src/effects/outside.ts',
    text: "import { readFileSync } from 'node:fs';\nimport { b } from '../part.js';\nexport const a = [b, readFileSync];\n",
    rules: ['woocommerce-effects-import-channel-kit', 'woocommerce-effects-without-node'],
  },
  {
    says: 'an app in another',
    file: 'apps/ledger/src/other.ts',
    text: "import { a } from '#apps/availability';\nexport const b = a;\n",
    rules: ['no-app-imports-an-app'],
  },
  {
    says: 'an app in a lib',
    file: 'libs/read-model/src/app.ts',
    text: "import { a } from '#apps/availability';\nexport const b = a;\n",
    rules: ['libs-never-import-apps'],
  },
  {
    says: 'a part of an app in standalone',
    file: 'apps/standalone/src/part.ts',
    text: "import { part } from '../../ledger/src/part.js';\nexport const b = part;\n",
    rules: ['standalone-imports-the-entries-of-apps'],
  },
  {
    says: 'the inside of another lib',
    file: 'libs/orders/src/inside.ts',
    text: "import { inner } from '../../event-sourcing/src/inner.js';\nexport const b = inner;\n",
    rules: ['a-lib-through-its-entry'],
  },
  {
    says: 'test code in production',
    file: 'apps/ledger/src/helper.ts',
    text: "import { a } from '#testing';\nexport const b = a;\n",
    rules: ['no-test-code-in-production'],
  },
  {
    says: 'a lib in the PrestaShop server, type-only',
    file: 'test/servers/prestashop/lib.ts',
    text: "import type { a } from '#event-sourcing';\nexport type A = typeof a;\n",
    rules: ['shop-servers-import-no-lib'],
  },
  {
    says: 'a lib in the WooCommerce server',
    file: 'test/servers/woocommerce/lib.ts',
    text: "import { a } from '#event-sourcing';\nexport const b = a;\n",
    rules: ['shop-servers-import-no-lib'],
  },
  {
    says: 'the PrestaShop server in a lib',
    file: 'libs/connectors/one/src/shop.ts',
    text: "import { a } from '../../../../test/servers/prestashop/index.js';\nexport const b = a;\n",
    rules: ['no-lib-imports-a-shop-server'],
  },
  {
    says: 'the WooCommerce server in a lib',
    file: 'libs/connectors/one/src/woocommerce.ts',
    text: "import { a } from '../../../../test/servers/woocommerce/index.js';\nexport const b = a;\n",
    rules: ['no-lib-imports-a-shop-server'],
  },
  {
    says: 'a lib in the marketplace server',
    file: 'test/servers/marketplace/lib.ts',
    text: "import { a } from '#stock';\nexport const b = a;\n",
    rules: ['marketplace-server-imports-no-lib'],
  },
  {
    says: 'the marketplace server in a lib',
    file: 'libs/connectors/one/src/market.ts',
    text: "import { a } from '../../../../test/servers/marketplace/index.js';\nexport const b = a;\n",
    rules: ['no-lib-imports-the-marketplace-server'],
  },
  {
    says: 'a development package in production',
    file: 'apps/ledger/src/dev.ts',
    text: "import fc from 'fast-check';\nexport const b = fc;\n",
    rules: ['no-dev-package-in-production'],
  },
  {
    says: 'a package that only others name',
    file: 'apps/ledger/src/undeclared.ts',
    text: "import qs from 'fast-querystring';\nexport const b = qs;\n",
    rules: ['no-undeclared-package'],
  },
  {
    says: 'a lib that does not exist',
    file: 'apps/ledger/src/missing.ts',
    text: "import { a } from '#no-such-lib';\nexport const b = a;\n",
    rules: ['resolves'],
  },
  {
    says: 'the collection library in an app',
    file: 'apps/ledger/src/tree.ts',
    text: "import BTree from 'sorted-btree';\nexport const b = new BTree();\n",
    rules: ['one-collection-library'],
  },
  {
    says: 'the client of Kafka in an app',
    file: 'apps/ledger/src/kafka.ts',
    text: "import { Kafka } from 'kafkajs';\nexport const b = Kafka;\n",
    rules: ['only-messaging-kafka-imports-kafkajs'],
  },
  {
    says: 'a cycle',
    file: 'libs/stock/src/ring-a.ts',
    text: "import type { B } from './ring-b.js';\nexport type A = { b: B };\n",
    rules: ['no-cycles'],
  },
  { says: 'an orphan', file: 'libs/stock/src/alone.ts', text: 'export const alone = 1;\n', rules: ['no-orphans'] },
];

const a = 'export const a = 1;\n';

/** What is allowed: the same fences must let it pass. */
const sound: Readonly<Record<string, string>> = {
  'libs/event-sourcing/src/index.ts': "export * from './inner.js';\nexport const a = 1;\n",
  'libs/event-sourcing/src/inner.ts': "import BTree from 'sorted-btree';\nexport const inner = new BTree();\n",
  'libs/atp/src/index.ts': a,
  'libs/stock/src/index.ts':
    "import { a as b } from '#event-sourcing';\nimport { a as c } from '#atp';\nexport const a = b + c;\n",
  'libs/stock/src/a.unit.test.ts':
    "import { expect } from 'vitest';\nimport { a } from './index.js';\nexpect(a).toBe(2);\n",
  'libs/stock/src/ring-b.ts': "import type { A } from './ring-a.js';\nexport type B = { a: A };\n",
  'libs/connectors/two/src/index.ts': "import { b } from './part.js';\nexport const a = b;\n",
  'libs/connectors/two/src/part.ts': 'export const b = 1;\n',
  'libs/connectors/prestashop/src/part.ts': 'export const b = 1;\n',
  'libs/connectors/woocommerce/src/part.ts': 'export const b = 1;\n',
  'libs/connectors/two/src/a.int.test.ts':
    "import { a } from '../../../../test/servers/prestashop/index.js';\nexport const b = a;\n",
  'test/servers/prestashop/index.ts': a,
  'test/servers/marketplace/index.ts': a,
  'test/servers/woocommerce/index.ts': a,
  'libs/postgres/src/index.ts': "import pg from 'pg';\nexport const a = new pg.Pool();\n",
  'libs/read-model/src/index.ts': "import { a as b } from '#postgres';\nexport const a = b;\n",
  'libs/testing/src/index.ts': "import fc from 'fast-check';\nexport const a = fc;\n",
  'apps/ledger/src/index.ts': "import { part } from './part.js';\nexport const a = part;\n",
  'apps/ledger/src/part.ts':
    "import { Injectable } from '@nestjs/common';\nimport { a } from '#stock';\nexport const part = [Injectable, a];\n",
  'apps/availability/src/index.ts': "import { a as b } from '#read-model';\nexport const a = b;\n",
  'apps/standalone/src/main.ts':
    "import { a } from '#apps/ledger';\nimport { a as b } from '#apps/availability';\nexport const c = [a, b];\n",
};

describe('import fences', () => {
  let tree: BrokenTree;
  let report: Report;

  beforeAll(async () => {
    tree = await plantTree({ ...sound, ...Object.fromEntries(broken.map(({ file, text }) => [file, text])) });
    report = cruise(tree.root);
  });

  afterAll(() => tree.remove());

  const rulesBrokenBy = (file: string): string[] => [
    ...new Set(report.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name)),
  ];

  it.each(broken)('stop $says', ({ file, rules }) => {
    expect(rulesBrokenBy(file)).toEqual(expect.arrayContaining([...rules]));
  });

  it('let what is allowed pass', () => {
    expect(report.summary.totalCruised).toBeGreaterThan(broken.length);
    const stopped = Object.keys(sound).filter(
      (file) => file !== 'libs/stock/src/ring-b.ts' && rulesBrokenBy(file).length > 0,
    );
    expect(stopped).toEqual([]);
  });

  it('have each a control', async () => {
    const { default: config } = (await import(join(repository, '.dependency-cruiser.mjs'))) as {
      default: { forbidden: { name: string; comment: string }[] };
    };
    const controlled = new Set(broken.flatMap(({ rules }) => rules));
    const names = config.forbidden.map(({ name }) => name);
    expect(names.filter((name) => !controlled.has(name))).toEqual([]);
  });
});
