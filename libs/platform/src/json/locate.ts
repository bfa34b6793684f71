import { endOfString, endOfWord } from './scan.js';

type Frame =
  { readonly kind: 'object'; key: string; readonly seen: Set<string> } | { readonly kind: 'array'; index: number };

/**
 * The path of the value at an offset, as `lines[0].quantity`; '' for the body itself. Only called when something is wrong,
 * so it may be slow; the text before the offset is well-formed or the path is the nearest that can be told.
 */
export const pathAt = (text: string, offset: number): string => {
  const frames: Frame[] = [];
  walk(text, offset, frames, () => false);
  return pathOf(frames);
};

/** The path of the first member that appears twice in its object (undefined: none). */
export const duplicateMember = (text: string): string | undefined => {
  const frames: Frame[] = [];
  return walk(text, text.length, frames, (frame, key) => frame.seen.has(key)) ? pathOf(frames) : undefined;
};

type ObjectFrame = Extract<Frame, { kind: 'object' }>;

/** Keeps `frames` at the place that has been read; stops, true, at a member for which `stop` answers so. */
const walk = (
  text: string,
  until: number,
  frames: Frame[],
  stop: (frame: ObjectFrame, key: string) => boolean,
): boolean => {
  for (let at = 0; at < until; at++) {
    const char = text[at];
    const top = frames.at(-1);
    if (char === '{') frames.push({ kind: 'object', key: '', seen: new Set() });
    else if (char === '[') frames.push({ kind: 'array', index: 0 });
    else if (char === '}' || char === ']') frames.pop();
    else if (char === ',' && top?.kind === 'array') top.index++;
    else if (char === '"') {
      const end = endOfString(text, at);
      if (top?.kind === 'object' && isKey(text, end)) {
        const key = unquoted(text.slice(at, end + 1));
        top.key = key;
        if (stop(top, key)) return true;
        top.seen.add(key);
      }
      at = end;
    } else if (char !== undefined && /[^\s:,]/u.test(char)) at = endOfWord(text, at) - 1;
  }
  return false;
};

const isKey = (text: string, end: number): boolean => /^\s*:/u.test(text.slice(end + 1, end + 65));

const unquoted = (quoted: string): string => {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
};

const pathOf = (frames: readonly Frame[]): string =>
  frames
    .map((frame) => (frame.kind === 'array' ? `[${frame.index}]` : `.${frame.key}`))
    .join('')
    .replace(/^\./u, '');
