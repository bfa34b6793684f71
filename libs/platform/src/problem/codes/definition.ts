import type { CodeMeaning } from './meaning.js';

/** What is defined, and what is not: SKUs, channels, locations, orders, bundles and their terms. */
export const definitionCodes = {
  unknown_sku: {
    status: 404,
    title: 'No movement of this SKU was ever reported',
    remedy: 'Check the code: it is case-sensitive. A fact opens a SKU.',
  },
  unknown_channel: { status: 404, title: 'No such channel', remedy: 'Create it first: POST /v1/channels.' },
  unknown_location: { status: 404, title: 'No such location', remedy: 'Create it first: POST /v1/locations.' },
  unknown_order: { status: 404, title: 'No such order', remedy: 'Check the key of the order and its channel.' },
  unknown_order_line: { status: 404, title: 'No such order line', remedy: 'Check the line, or send the order first.' },
  unknown_bundle: {
    status: 404,
    title: 'No recipe was ever set for this SKU',
    remedy: 'Check the code, or set one: PUT /v1/bundles/{sku}.',
  },
  already_defined: {
    status: 409,
    title: 'It exists with another definition',
    remedy: 'Choose another code; GET shows what is defined, and `differs` names the fields.',
  },
  bundle_in_itself: {
    status: 422,
    title: 'A bundle cannot contain itself',
    remedy: 'Take the SKU out of its own components.',
  },
  bundle_too_deep: {
    status: 422,
    title: 'A bundle cannot contain a bundle',
    remedy: 'Name the components of `component` instead of it; bundles are one level deep.',
  },
  sku_has_stock: {
    status: 409,
    title: 'The SKU is stocked',
    remedy: 'Sell the bundle under a SKU of its own, of which no units were ever reported.',
  },
  too_many_bundles: {
    status: 409,
    title: 'As many bundles as the ledger holds',
    remedy: 'Set another recipe for a bundle that has ended.',
  },
  policy_changed: {
    status: 409,
    title: 'Somebody else has changed it since you read it',
    remedy: 'GET it again, decide anew, and PUT with the revision that it has now.',
  },
  too_many_sku_policies: {
    status: 409,
    title: 'Too many SKUs have terms of their own',
    remedy: 'Take them from SKUs that no longer need any; what many SKUs share belongs into the channel.',
  },
  already_baselined: {
    status: 409,
    title: 'The order has its baseline already',
    remedy: 'A baseline is taken once, at first contact.',
  },
} as const satisfies Record<string, CodeMeaning>;
