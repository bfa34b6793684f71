export { capabilities, createWooCommercePort, type WooCommercePortOptions } from './create-port.js';
export {
  judgeWooCommerceSettings,
  type WooCommerceSettings,
  type WooCommerceSettingsVerdict,
} from './judge-settings.js';
export { isPing } from './webhook.js';
export type { WooCommerceOrder } from './order.js';
