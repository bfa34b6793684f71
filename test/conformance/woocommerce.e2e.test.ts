import { execFile } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { startWooCommerce, type WooCommerceServer } from '../servers/woocommerce/index.js';

let server: WooCommerceServer | undefined;

afterEach(() => server?.stop());

/** The built command, in a process of its own while the shop runs in this one. */
const run = (...args: readonly string[]): Promise<{ readonly status: number; readonly last: string | undefined }> =>
  new Promise((resolve) => {
    const command = ['dist/test/conformance/main.js', 'woocommerce', ...args];
    const child = execFile(process.execPath, command, { env: { PATH: process.env['PATH'] ?? '' } }, (_, stdout) =>
      resolve({ status: child.exitCode ?? -1, last: stdout.trimEnd().split('\n').at(-1) }),
    );
  });

it('a shop keeps every promise, asked by its address; one with another secret cannot be asked', async () => {
  server = await startWooCommerce();
  server.shop.createProduct({ sku: 'MUG', stock: 7 });
  const access = ['--url', server.url, '--key', server.key, '--sku', 'MUG'];
  const kept = await run(...access, '--secret', server.secret);
  expect(kept).toEqual({ status: 0, last: '16 passed, 0 failed, 8 skipped' });
  expect((await run(...access, '--secret', 'cs_another')).status).toBe(1);
  expect((await run(...access)).status).toBe(2);
});
