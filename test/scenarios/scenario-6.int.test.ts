import { describe, expect, it } from 'vitest';
import { skip, until } from '../week/scene.js';
import type { Version } from '../servers/prestashop/index.js';
import type { Place } from '../week/company/places.js';
import { states, useTowns } from './town.js';

const open = useTowns();
const settled = 70_000;
const day = 86_400_000;

const statesOf = ({ server }: Place, order: number): readonly number[] =>
  server.shop.tables.histories.where(order).map(({ id_order_state }) => id_order_state);

describe('scenario 6: a wire transfer', () => {
  it('is promised at once, given back when it is cancelled, and taken again when the money comes', async () => {
    const { shop, order, setState, shows, written, pass, standing, scene } = await open(
      { a: 5 },
      { unpaidMillisMax: 7 * day },
    );
    const { id } = await order(shop, 'a', 2, states.wire);
    await pass(settled);
    expect([await standing('a'), shows(shop, 'a')]).toMatchObject([{ sellable: 3, committed: 2 }, 3]);
    await skip(scene, 7 * day);
    await pass(2 * settled);
    expect(statesOf(shop, id)).toEqual([states.wire, states.cancelled]);
    expect([await standing('a'), shows(shop, 'a')]).toMatchObject([{ sellable: 5, committed: 0 }, 5]);
    await setState(shop, id, states.paid);
    await pass(settled);
    expect([await standing('a'), shows(shop, 'a')]).toMatchObject([{ sellable: 3, committed: 2 }, 3]);
    expect(written(shop, 'a')).toEqual([]);
  });

  it.each<readonly [Version, readonly number[]]>([
    ['8.2', [3]],
    ['9.1', []],
  ])('in %s, cancelled and awaited again: writes %j, and no drift is told', async (version, expected) => {
    const { shop, order, setState, shows, written, pass, scene } = await open({ a: 5 }, { shop: version });
    const { id } = await order(shop, 'a', 2, states.wire);
    await pass(settled);
    await setState(shop, id, states.cancelled);
    await pass(settled);
    await setState(shop, id, states.wire);
    await pass(settled);
    expect([shows(shop, 'a'), written(shop, 'a')]).toEqual([3, expected]);
    expect(scene.notes.findings.filter(({ kind }) => kind !== 'below')).toEqual([]);
  });

  it('an error of payment gives its units back within one reading of the feed', async () => {
    const { shop, bol, order, setState, shows, pass, standing } = await open({ a: 5 });
    const { id } = await order(shop, 'a', 2, states.paid);
    await pass(settled);
    await setState(shop, id, states.error);
    await pass(12_000);
    expect(await standing('a')).toMatchObject({ sellable: 5, committed: 0 });
    expect([shows(shop, 'a'), shows(bol, 'a')]).toEqual([5, 5]);
  });

  it('stays promised where its money comes while it is being cancelled, and somebody is called', async () => {
    const { shop, order, setState, shows, pass, standing, scene, alerts } = await open(
      { a: 5 },
      { unpaidMillisMax: 7 * day },
    );
    const { id } = await order(shop, 'a', 2, states.wire);
    await pass(settled);
    const cancelling = shop.hold(({ point, cause }) => point === 'state_change' && cause.kind === 'request');
    await skip(scene, 7 * day);
    scene.stage.play('the money comes', async () => {
      await until(scene, cancelling.isHeld, 2 * settled);
      await setState(shop, id, states.paid);
      cancelling.open();
    });
    await pass(4 * settled);
    expect(statesOf(shop, id)).toEqual([states.wire, states.paid, states.cancelled]);
    expect([await standing('a'), shows(shop, 'a')]).toMatchObject([{ sellable: 3, committed: 2 }, 3]);
    expect(alerts.filter(({ level }) => level === 'page')).toContainEqual(
      expect.objectContaining({ code: 'cancelled_though_paid', subject: String(id) }),
    );
    await setState(shop, id, states.paid);
    await pass(settled);
    expect([await standing('a'), shows(shop, 'a')]).toMatchObject([{ sellable: 3, committed: 2 }, 3]);
  });
});
