import { type OrderSlip } from '../../effects/index.js';
import { number, shopSeconds } from '../fields.js';
import { type Resource } from '../resource.js';
import { childrenOf, type XmlNode } from '../xml.js';

export type OrderSlipRow = OrderSlip & { readonly orderId: number; readonly addedAtSeconds: number };

const detailsOf = (node: XmlNode): readonly XmlNode[] =>
  childrenOf(node, 'associations')
    .flatMap((associations) => childrenOf(associations, 'order_slip_details'))
    .flatMap((details) => childrenOf(details, 'order_slip_detail'));

/** The address is in the singular, the list in the plural. */
export const orderSlips: Resource<OrderSlipRow> = {
  path: 'order_slip',
  list: 'order_slips',
  element: 'order_slip',
  display: 'full',
  read: (node) => ({
    id: number(node, 'id'),
    orderId: number(node, 'id_order'),
    addedAtSeconds: shopSeconds(node, 'date_add'),
    items: detailsOf(node).map((detail) => ({
      lineId: number(detail, 'id_order_detail'),
      quantity: number(detail, 'product_quantity'),
    })),
  }),
};
