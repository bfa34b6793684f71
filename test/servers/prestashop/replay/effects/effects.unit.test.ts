import { describe, expect, it } from 'vitest';
import { effectCases, recordedVersions } from '../recordings.js';
import { scriptOf, whyLeftOut } from './cases.js';
import { asRecorded } from './scale.js';
import { play } from './script.js';

describe.each(recordedVersions)('what %s does to its stock, as recorded', (version) => {
  const cases = effectCases(version);
  const played = cases.flatMap((one) => {
    const script = scriptOf(one);
    return script === undefined ? [] : [{ name: one.name, one, script }];
  });

  it.each(played)('$name', async ({ one, script }) => {
    const { found, recorded } = await play(script(one, { version, scale: asRecorded }), one);
    expect(found).toEqual(recorded);
  });

  it('plays every case or says why not', () => {
    const neither = cases.filter((one) => scriptOf(one) === undefined && whyLeftOut(one) === undefined);
    expect(neither.map(({ name }) => name)).toEqual([]);
    expect(played).toHaveLength(714);
  });
});
