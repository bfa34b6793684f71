import { expect, it } from 'vitest';
import { createPrestashopPort, webserviceClient } from '../index.js';
import { patience } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';

const withPort = usePort();

it('names what a person must change', async () => {
  const { port, server } = await withPort();
  const codeOf = async () => {
    const answer = await port.readBack(['6-0@s1g0'], patience());
    return answer.kind === 'trouble' ? `${answer.trouble.kind} ${answer.trouble.code}` : 'answered';
  };
  expect(await codeOf()).toBe('answered');
  const meet = async (fault: Parameters<typeof server.faults.add>[0]['fault']) => {
    server.faults.add({ fault, times: 1 });
    return codeOf();
  };
  expect(await meet({ kind: 'redirect', to: 'https://elsewhere.example/' })).toBe('misconfigured redirected');
  expect(await meet({ kind: 'maintenance' })).toBe('busy unavailable');
  expect(await meet({ kind: 'truncate', bytes: 120 })).toBe('unintelligible truncated');
  expect(await meet({ kind: 'html', status: 200 })).toBe('unintelligible not_xml');
  expect(await meet({ kind: 'error_after_commit' })).toBe('unintelligible server_error');
  expect(await meet({ kind: 'reset', commits: false })).toBe('unreachable interrupted');
});

it('keeps to the deadline of who asks, and knows no key', async () => {
  const { port, server } = await withPort();
  server.faults.add({ fault: { kind: 'silence', commits: false }, times: 1 });
  expect(await port.readBack(['6-0@s1g0'], AbortSignal.timeout(50))).toMatchObject({
    kind: 'trouble',
    trouble: { kind: 'unreachable', code: 'timeout' },
  });
  const client = webserviceClient({ base: `${server.url}/api/`, key: 'X'.repeat(32) });
  expect(await createPrestashopPort({ client }).listings(undefined, patience())).toMatchObject({
    kind: 'trouble',
    trouble: { kind: 'misconfigured', code: 'key_refused' },
  });
  await client.close();
});
