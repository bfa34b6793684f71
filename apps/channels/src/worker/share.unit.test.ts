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

it('saves nothing up from a long silence', () => {
  const { share, ask, pass } = shareAt(0);
  ask(10);
  pass(1_000_000);
  ask(300);
  expect(share.owed()).toBe(300);
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
