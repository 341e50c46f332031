/** Markup that is safe to put into a page: made by `html` only, which escapes every string put into it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Fragment = string | number | Markup | null | readonly Fragment[];

/**
 * Template tag for HTML and SVG. Strings and numbers are escaped, for text and for quoted attributes alike;
 * `Markup` goes in as it is, lists one after the other, null as nothing.
 */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Markup {
  let text = parts[0];
  for (const [at, value] of values.entries()) text += render(value) + parts[at + 1];
  return new Markup(text);
}

function render(value: Fragment): string {
  if (value instanceof Markup) return value.text;
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value));
  return value.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Replaces what means something in HTML, and control characters that no page may hold. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]).replace(CONTROL_CHARACTERS, '\ufffd');
}

/** Control characters but tab and line breaks. */
const CONTROL_CHARACTERS = /[^\P{Cc}\t\n\r]/gu;
