import { xmlDocument } from './render-xml.js';
import { mayTouch, mayUse, type WsKey } from './keys.js';
import type { Resource } from './types.js';

const methods = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD'] as const;

/** `/api/`: what the key may touch, and how. */
export const rootOf = (
  resources: readonly Resource[],
  key: WsKey,
  { shopName, base, known }: { readonly shopName: string; readonly base: string; readonly known: readonly string[] },
): string => {
  const listed = resources.filter(({ name }) => mayTouch(key, name));
  const shown = methods.filter((method) => known.includes(method));
  const items = listed.map((resource) => {
    const may = shown.map((method) => `${method.toLowerCase()}="${mayUse(key, resource.name, method)}"`).join(' ');
    const href = `${base}/api/${resource.name}`;
    return (
      `<${resource.name} xlink:href="${href}" ${may}>\n` +
      `<description xlink:href="${href}" ${may}>\n${resource.description}</description>\n` +
      `<schema xlink:href="${href}?schema=blank" type="blank"/>\n` +
      `<schema xlink:href="${href}?schema=synopsis" type="synopsis"/>\n</${resource.name}>\n`
    );
  });
  return xmlDocument(`<api shopName="${shopName}">\n${items.join('')}</api>\n`);
};
