import type { FaultCommand } from '../node/faults.js';
import type { NodeSettings } from '../node/start-node.js';

/** What the parent sends; each is answered once. */
export type Order =
  | { readonly kind: 'start'; readonly settings: NodeSettings }
  | { readonly kind: 'command'; readonly command: FaultCommand };

/** Answers come in the order of the orders. */
export type Report =
  | { readonly kind: 'done'; readonly port: number; readonly due: number }
  | { readonly kind: 'failed'; readonly message: string };
