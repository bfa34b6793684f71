import { startPrestashop } from '../../servers/prestashop/index.js';

const [shops = 0, products = 0] = process.argv.slice(2).map(Number);

/** Shops without costs of their own: what is measured is who talks to them. All have the same products. */
const start = async () => {
  const server = await startPrestashop({ version: '9.1' });
  const ids = Array.from({ length: products }, (_, nth) =>
    String(server.shop.createProduct({ reference: `SKU-${String(nth).padStart(6, '0')}`, quantity: 10 })),
  );
  return { url: server.url, key: server.key, products: ids };
};

const started = [];
for (let nth = 0; nth < shops; nth += 1) started.push(await start());
process.send?.(started);
// Nobody is left to ask them.
process.on('disconnect', () => process.exit());
