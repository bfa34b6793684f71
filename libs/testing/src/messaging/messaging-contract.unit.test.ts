import { createMemoryPositions } from '#messaging/memory';
import { describe, expect, it } from 'vitest';
import { brokenPositions } from './broken-positions.js';
import { brokenConsumers, brokenSenders } from './broken-transports.js';
import { memoryUnderTest } from './memory-under-test.js';
import { messagingChecks, messagingSceneOf, positionSceneOf, positionStoreChecks } from './messaging-contract.js';

const brokenTransports = { ...brokenSenders, ...brokenConsumers };
const foundOf = (broken: Readonly<Record<string, { readonly found: string }>>): readonly string[] => [
  ...new Set(Object.values(broken).flatMap(({ found }) => found.split(' '))),
];

describe('the contract finds a transport that', () => {
  for (const [what, { make, found }] of Object.entries(brokenTransports)) {
    it.each(found.split(' '))(`${what}: %s`, async (title) => {
      const check = messagingChecks[title]!;
      await expect(check(messagingSceneOf(memoryUnderTest()))).resolves.toBeUndefined();
      await expect(check(messagingSceneOf(make()))).rejects.toThrow();
    });
  }
});

describe('the contract finds a position store that', () => {
  for (const [what, { make, found }] of Object.entries(brokenPositions)) {
    it.each(found.split(' '))(`${what}: %s`, async (title) => {
      const check = positionStoreChecks[title]!;
      await expect(check(positionSceneOf([createMemoryPositions()]))).resolves.toBeUndefined();
      await expect(check(positionSceneOf([make()]))).rejects.toThrow();
    });
  }
});

it('every check has somebody whom it finds', () => {
  expect([...foundOf(brokenTransports)].sort()).toEqual(Object.keys(messagingChecks).sort());
  expect([...foundOf(brokenPositions)].sort()).toEqual(Object.keys(positionStoreChecks).sort());
});
