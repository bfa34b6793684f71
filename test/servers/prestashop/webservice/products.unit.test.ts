import { describe, expect, it } from 'vitest';
import { useShop } from '../testing.js';

const start = useShop();

const typesOf = (body: string): unknown =>
  (JSON.parse(body) as { readonly products: readonly Readonly<Record<string, unknown>>[] }).products.map((product) => [
    product['type'],
    product['product_type'],
    product['cache_is_pack'],
    Object.keys(product['associations'] ?? {}),
  ]);

describe('products', () => {
  it('say what they are, and what a pack holds', async () => {
    const { shop, ask } = await start({ seed: 'none' });
    const mug = shop.createProduct({ reference: 'mug', quantity: 5 });
    shop.createProduct({ reference: 'shirt', combinations: [{ reference: 's', quantity: 2 }] });
    shop.createProduct({ reference: 'file', is_virtual: 1 });
    shop.createProduct({ reference: 'box', pack: { type: 1, items: [{ id_product: mug, quantity: 2 }] } });
    const { body } = await ask('GET', 'products?display=full&output_format=JSON');
    expect(typesOf(body)).toEqual([
      ['simple', 'standard', '0', []],
      ['simple', 'combinations', '0', ['combinations']],
      ['virtual', 'virtual', '0', []],
      ['pack', 'pack', '1', ['product_bundle']],
    ]);
  });

  it('are found by what a text holds, begins with and ends with', async () => {
    const { shop, ask } = await start({ seed: 'none' });
    ['AB-1', 'ab-2', 'xab'].forEach((reference) => shop.createProduct({ reference }));
    const found = async (filter: string): Promise<number> =>
      (await ask('GET', `products?filter[reference]=${encodeURIComponent(filter)}`)).body.split('<product ').length - 1;
    expect(await Promise.all(['%[ab]%', '[ab]%', '%[ab]', 'AB-1', '![xab]'].map(found))).toEqual([3, 2, 1, 1, 2]);
  });
});
