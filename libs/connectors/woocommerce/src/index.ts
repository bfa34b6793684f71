export { effectsOf } from './effects/effects-of.js';
export * from './effects/views.js';
export type { WooCommerceOrder, WooCommercePortOptions } from './port/context.js';
export { capabilities, createWooCommercePort } from './port/create-port.js';
export { judgeWooCommerceSettings, type WooCommerceSettings } from './port/judge-settings.js';
export { isPing } from './port/webhook.js';
export { orderViewOf, soldItemIn } from './reading/order-view.js';
export { type Client, type ClientOptions, restClient } from './rest/client.js';
