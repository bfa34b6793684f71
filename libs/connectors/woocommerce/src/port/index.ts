export { capabilities, createWooCommercePort, type WooCommercePortOptions } from './create-port.js';
export {
  judgeWooCommerceSettings,
  type WooCommerceSettings,
  type WooCommerceSettingsVerdict,
} from './judge-settings.js';
export type { WooCommerceOrder } from './order.js';
