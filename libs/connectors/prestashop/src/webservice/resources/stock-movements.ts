import { idOrNone, number, shopSeconds } from '../fields.js';
import { type Resource } from '../resource.js';

/**
 * A movement that the shop noted: refunds that restock, edits of orders but additions, stock pages, and changes into and
 * out of shipped, where the quantity does not move. Creations, cancellations and writes of the webservice leave none.
 */
export type StockMovement = {
  readonly id: number;
  /** The id of the row of stock. */
  readonly stockAvailableId: number;
  /** 0 where no order was behind it. */
  readonly orderId: number;
  /** Signed: negative left the row. */
  readonly units: number;
  readonly addedAtSeconds: number;
};

/** Its elements have another name than its address. */
export const stockMovements: Resource<StockMovement> = {
  path: 'stock_movements',
  list: 'stock_mvts',
  element: 'stock_mvt',
  display: ['id', 'id_stock', 'id_order', 'physical_quantity', 'sign', 'date_add'],
  read: (node) => ({
    id: number(node, 'id'),
    stockAvailableId: number(node, 'id_stock'),
    orderId: idOrNone(node, 'id_order'),
    units: number(node, 'physical_quantity') * number(node, 'sign'),
    addedAtSeconds: shopSeconds(node, 'date_add'),
  }),
};
