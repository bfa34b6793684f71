/** @throws where the service answers anything but 200 */
export type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

const itemsAtOnce = 500;

/** In requests as large as the service takes them. */
export const piecesOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / itemsAtOnce) }, (_, nth) =>
    items.slice(nth * itemsAtOnce, (nth + 1) * itemsAtOnce),
  );

export const callerOf =
  (url: string, key: string): Call =>
  async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as unknown;
  };

let receipts = 0;
/** A receipt that was never told before. */
export const receiptOf = (sku: string, quantity: number): object => ({
  ...{ kind: 'receipt', sku, location: 'wh1', quantity, sourceKey: `bench-${(receipts += 1)}` },
});

/** The next step of a channel on the ladder, whatever it is at. */
export const stepTo = async (call: Call, channel: string, rung: string): Promise<void> => {
  const { connection } = (await call('GET', `/v1/channels/${channel}/connector`)) as {
    connection: { revision: number };
  };
  // None of the listings: everything is written with the last step.
  const canary = rung === 'canary' ? { listings: ['none'] } : {};
  await call('PUT', `/v1/channels/${channel}/connector/ladder`, {
    ...{ rung, revision: connection.revision, reason: 'bench' },
    ...canary,
  });
};
