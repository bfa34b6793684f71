import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, read } from './markdown.js';
import { startLedger, type StartedLedger } from './started-ledger.js';
import { answersOf, play, stepsOf, type Played } from './tour.js';

const steps = stepsOf(blocksOf(read('docs/OPERATIONS.md')));
const movement = {
  script: `
    post() { curl -sS -w '\\n' -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' "$@"; }
    post "$LEDGER/v1/locations" -d '{"location": "wh1", "author": "operator"}'
    post "$LEDGER/v1/movements" -d '{"kind": "receipt", "sku": "A", "location": "wh1", "quantity": 7, "sourceKey": "a"}'
    until curl -s "$LEDGER/health/ready" | grep -qv '"lagEvents":[1-9]'; do sleep 0.1; done
  `,
  expected: [],
};
let ledger: StartedLedger;
let played: Played;

const envOf = ({ url, key, folder }: StartedLedger): Record<string, string> => ({
  LEDGER: url,
  KEY: key,
  LEDGER_DATA: folder,
});

beforeAll(async () => {
  ledger = await startLedger();
  await play([movement], envOf(ledger));
  played = await play(steps, envOf(ledger));
});

afterAll(() => ledger.stop());

describe('the commands of docs/OPERATIONS.md', () => {
  it('run as they stand, without a word of complaint', () => {
    expect({ code: played.code, errors: played.errors }).toEqual({ code: 0, errors: '' });
    expect(played.outputs).toHaveLength(steps.length);
  });

  it('answer what is shown', () => {
    expect(steps.length).toBeGreaterThan(5);
    steps.forEach(({ expected, script }, index) => {
      if (expected.length > 0) expect(answersOf(played.outputs[index] ?? ''), script).toMatchObject(expected);
    });
  });

  it('change a policy from the command line as they say, and tell who never had one', () => {
    const output = played.outputs[steps.findIndex(({ script }) => script.includes('npm run policy'))] ?? '';
    expect(output).toContain('location wh1: changed, now at revision 3');
    expect(output).toContain('dispatch.handlingDays: (none) -> 1');
    expect(output).toContain('never set');
  });

  it('leave a ledger that is ready', async () => {
    const after = await play([movement], envOf(ledger));
    expect(after).toMatchObject({ code: 0, errors: '' });
  });

  it('control: another verdict than the shown one is seen', () => {
    const verify = steps.findIndex(({ script }) => script.includes('verifyLog'));
    expect(answersOf(played.outputs[verify] ?? '')).not.toMatchObject([{ problems: [{}] }]);
    expect(answersOf(played.outputs[verify] ?? '')).not.toMatchObject([{ events: 0 }]);
  });
});

it('a copy of the folder is a backup: another ledger starts on it, with its keys and its stock', async () => {
  const copy = join(ledger.folder, 'copy');
  await ledger.pause();
  await play([{ script: 'mkdir "$COPY" && cp -a "$LEDGER_DATA/postgres" "$COPY"', expected: [] }], {
    ...envOf(ledger),
    COPY: copy,
  });
  const restored = await startLedger(copy);
  try {
    expect(restored.key).toBe('');
    const script = `curl -sS "$LEDGER/v1/stock/A" -H "Authorization: Bearer $KEY"\n`;
    const answer = await play([{ script, expected: [] }], { LEDGER: restored.url, KEY: ledger.key });
    expect(answersOf(answer.outputs[0] ?? '')).toMatchObject([{ sku: 'A', onHand: 7 }]);
  } finally {
    await restored.stop();
  }
});
