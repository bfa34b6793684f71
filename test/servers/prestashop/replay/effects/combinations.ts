import { parseKey } from './scale.js';
import type { ScriptOf } from './script.js';
import { createWorld, openingsAsBefore, setRows } from './world.js';

/** The row that this world has for combinations that a recording does not show. */
const remainder = 1;

/** A combination that comes or goes by the webservice, and its row with it. */
export const combinationByWebservice: ScriptOf = (played, about) => {
  const world = createWorld({ ...about, openings: openingsAsBefore(played) });
  const adds = played.name === 'ws-post-combination';
  const keys = Object.keys(adds ? played.after : played.before);
  const key = keys.find((candidate) => !(candidate in (adds ? played.before : played.after))) ?? '';
  const id = world.scale.combination(parseKey(key).combination);
  const { tables } = world.shop;
  const row = { id_product: world.product(1), reference: '', ean13: '', minimal_quantity: 1 };
  tables.combinations.put({ ...row, id: adds ? id - 1 : id });
  let status = 0;
  return {
    world,
    given: () => {
      setRows(world, played.before);
      return undefined;
    },
    act: async () => {
      const node = `<combination><id_product>${world.product(1)}</id_product><minimal_quantity>1</minimal_quantity></combination>`;
      const answer = adds
        ? await world.ask('POST', 'combinations', `<prestashop>${node}</prestashop>`)
        : await world.ask('DELETE', `combinations/${id}`);
      status = answer.status;
    },
    notes: () => ({
      found: { status, rows: world.shop.tables.stock.where(world.product(1)).length },
      recorded: { status: played.notes, rows: Object.keys(played.after).length + remainder },
    }),
  };
};
