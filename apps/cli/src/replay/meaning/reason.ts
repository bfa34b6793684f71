/** Longer ones say nothing more. */
const reasonCharactersMax = 100;

const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** A line's description as the reason of an adjustment: one clean line, `unspecified` when nothing is left. */
export const reasonOf = (description: string): string => {
  const clean = description.normalize('NFC').replace(unwanted, ' ').replace(/\s+/gu, ' ').trim();
  return Array.from(clean).slice(0, reasonCharactersMax).join('').trim() || 'unspecified';
};
