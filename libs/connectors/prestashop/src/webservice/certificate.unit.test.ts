import { expect, it } from 'vitest';
import { type Certificate, selfSigned } from '../../../../shop-http/testing/certificate.js';
import { recordedAnswer } from '../../testing/replay/recorded-answers.js';
import { replayServer } from '../../../../shop-http/testing/replay-server.js';
import { testKey } from '../../testing/replay/with-shop.js';
import { webserviceClient } from './client.js';

const outcomeWith = async (certificate: Certificate, authority?: string) => {
  const server = await replayServer(() => recordedAnswer('8.2.1', 'list: full'), certificate);
  const client = webserviceClient({ base: server.base, key: testKey, ...(authority !== undefined && { authority }) });
  const outcome = await client.send({
    method: 'PATCH',
    resource: 'stock_availables',
    body: '<prestashop></prestashop>',
  });
  const asked = server.seen.length;
  await client.close();
  await server.close();
  return { outcome, asked };
};

const untrusted = { outcome: { failure: { kind: 'certificate', applied: 'no' } }, asked: 0 };

it('a certificate of an authority that is configured is trusted', async () => {
  const certificate = selfSigned();
  expect(await outcomeWith(certificate, certificate.cert)).toMatchObject({ outcome: { kind: 'ok' }, asked: 1 });
});

it('any other one is not, and the key is not sent', async () => {
  expect(await outcomeWith(selfSigned())).toMatchObject(untrusted);
  expect(await outcomeWith(selfSigned(), selfSigned().cert)).toMatchObject(untrusted);
});

it.each([
  ['that is out of date', { notAfterMillis: Date.UTC(2020, 0, 1) }],
  ['of another host', { host: 'shop.example' }],
])('one %s is not trusted, whoever signed it', async (_, of) => {
  const certificate = selfSigned(of);
  expect(await outcomeWith(certificate, certificate.cert)).toMatchObject(untrusted);
});

it('a port that speaks no TLS breaks the connection, and the key does not reach it', async () => {
  const server = await replayServer(() => recordedAnswer('8.2.1', 'list: full'));
  const client = webserviceClient({ base: server.base.replace('http:', 'https:'), key: testKey });
  const outcome = await client.send({ method: 'GET', resource: 'stock_availables' });
  expect(outcome).toMatchObject({
    failure: { kind: 'interrupted', sentence: expect.stringMatching(/SSL|EPROTO/u) as string },
  });
  expect(server.seen).toEqual([]);
  await client.close();
  await server.close();
});
