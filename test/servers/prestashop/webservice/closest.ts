/** How many letters differ, are missing or are too many. */
const distance = (left: string, right: string): number => {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const swap = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
};

/** Of equally close words the last. */
export const closestOf = (word: string, words: readonly string[]): string => {
  let best = { word: '', distance: Infinity };
  for (const candidate of words) {
    const found = distance(word, candidate);
    if (found <= best.distance) best = { word: candidate, distance: found };
  }
  return best.word;
};

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

/** What an answer says to a name that is not known. */
export const didYouMean = (word: string, words: readonly string[]): string =>
  `Did you mean: "${closestOf(word, words)}"? The full list is: ${quoted(words)}`;
