import { recordLimits } from './limits.js';

/** Text of a shop as PostgreSQL takes it: neither U+0000 nor half a character, and no longer than this. */
export const storable = (text: string, charactersMax: number = recordLimits.idCharactersMax): string =>
  Buffer.from(text.slice(0, charactersMax).replaceAll('\0', '\u{fffd}')).toString();
