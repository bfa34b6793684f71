import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrestashopServer } from '../start.js';
import { recordedVersions, webserviceRecords } from './recordings.js';
import { doByHand, expected, replay, startRecordedShop } from './webservice.js';

describe.each(recordedVersions)('the webservice of %s as recorded', (version) => {
  let server: PrestashopServer;

  beforeAll(async () => {
    server = await startRecordedShop(version);
  });

  afterAll(() => server.stop());

  it.each(webserviceRecords(version).map((record, index) => ({ title: `${index} ${record.name}`, record })))(
    '$title',
    async ({ record }) => {
      doByHand(server.shop, record);
      expect(await replay(server, record)).toEqual(expected(record));
    },
  );
});
