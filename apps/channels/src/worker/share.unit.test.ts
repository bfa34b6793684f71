import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createShare } from './share.js';

const shareAt = (start: number) => {
  let now = start;
  const share = createShare(() => now);
  const pass = (millis: number): void => void (now += millis);
  const ask = (millis: number): void => {
    pass(millis);
    share.spend(millis);
  };
  return { share, pass, ask };
};

it('leaves a shop as long as it was asked', () => {
  const { share, ask, pass } = shareAt(1_000);
  expect(share.owed()).toBe(0);
  ask(40);
  ask(60);
  expect(share.owed()).toBe(100);
  pass(100);
  expect(share.owed()).toBe(0);
});

it('counts the time that our own work took as left to the shop', () => {
  const { share, ask, pass } = shareAt(0);
  ask(100);
  pass(70);
  ask(50);
  expect(share.owed()).toBe(80);
});

it('counts our own work before a question as left to it, though nothing was owed any more', () => {
  const { share, ask, pass } = shareAt(0);
  ask(100);
  pass(140);
  ask(100);
  expect(share.owed()).toBe(60);
});

it('saves a quarter of a second up from a long silence, and no more', () => {
  const { share, ask, pass } = shareAt(0);
  ask(10);
  pass(1_000_000);
  ask(300);
  expect(share.owed()).toBe(50);
  ask(300);
  expect(share.owed()).toBe(350);
});

it('a shop that is asked whenever nothing is owed is never asked for more than half of the time and a quarter of a second', () => {
  const span = fc.nat(2_000);
  fc.assert(
    fc.property(fc.array(fc.record({ asked: span, idle: span, overslept: fc.nat(50) })), (turns) => {
      const { share, ask, pass } = shareAt(0);
      let [busy, passed] = [0, 0];
      for (const { asked, idle, overslept } of turns) {
        const rest = Math.max(share.owed(), idle) + overslept;
        pass(rest);
        ask(asked);
        busy += asked;
        passed += rest + asked;
        const owed = share.owed();
        expect(2 * busy).toBeLessThanOrEqual(passed + owed + 250);
        expect(owed).toBeLessThanOrEqual(asked);
      }
    }),
  );
});

it('owes firmly what is beyond half a second, however often a rest was broken', () => {
  const { share, ask } = shareAt(0);
  for (let nth = 0; nth < 4; nth += 1) ask(100);
  expect(share.owedFirmly()).toBe(0);
  for (let nth = 0; nth < 4; nth += 1) ask(100);
  expect(share.owedFirmly()).toBe(300);
});

it('owes no more than two seconds firmly: a falling figure waits no longer for a shop that was silent', () => {
  const { share, ask } = shareAt(0);
  ask(30_000);
  expect(share.owedFirmly()).toBe(2_000);
});
