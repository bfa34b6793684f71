/**
 * The folder of the message contracts: `asyncapi.json` (AsyncAPI 3) and `schemas/*.json` (JSON Schema 2020-12), as they are
 * published. The same from the sources and from the built files.
 */
export const messageContracts = new URL('../contracts/', import.meta.url);
