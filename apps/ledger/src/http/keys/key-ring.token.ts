/** The API keys of this process. */
export const KEY_RING = Symbol('KeyRing');
