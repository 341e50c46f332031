/** A value and, where the engine gave one, what it rests on. */
export interface FactText {
  readonly value: string;
  /** '' where the value needs none. */
  readonly reason: string;
}

/** Parts `cm (an upright body of 1.7 m)` into the value and its reason: the last group in brackets, if it ends the text. */
export function factText(text: string): FactText {
  if (!text.endsWith(')')) return { value: text, reason: '' };
  let depth = 0;
  for (let at = text.length - 1; at > 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(') depth--;
    if (depth === 0) {
      return text[at - 1] === ' '
        ? { value: text.slice(0, at - 1), reason: text.slice(at + 1, -1) }
        : { value: text, reason: '' };
    }
  }
  return { value: text, reason: '' };
}
