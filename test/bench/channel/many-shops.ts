import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Scope } from '../support/scope.js';

export type ShopOfMany = { readonly url: string; readonly key: string; readonly products: readonly string[] };

const shopsOfProcess = 25;

/** Shops with the same products each, in processes beside the one that is measured. */
export const startManyShops = async (scope: Scope, shops: number, products: number): Promise<readonly ShopOfMany[]> => {
  const started: ShopOfMany[] = [];
  for (let left = shops; left > 0; left -= shopsOfProcess)
    started.push(...(await startShops(scope, Math.min(left, shopsOfProcess), products)));
  return started;
};

const startShops = async (scope: Scope, shops: number, products: number): Promise<readonly ShopOfMany[]> => {
  const child = fork(new URL('many-shops.main.js', import.meta.url), [String(shops), String(products)], {
    execArgv: ['--max-old-space-size=6000'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  scope.add('shops', async () => {
    end();
    await exited;
    process.off('exit', end);
  });
  const failed = exited.then(() => Promise.reject(new Error('The shops ended')));
  const [started] = (await Promise.race([once(child, 'message'), failed])) as [readonly ShopOfMany[]];
  return started;
};
