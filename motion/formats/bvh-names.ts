/** Blender cuts bone names at 63 bytes. */
const MAX_NAME_BYTES = 62;
/** Room for `.001` and its like. */
const MAX_BASE_NAME_BYTES = 56;

/**
 * One name per joint that no other joint has: blanks joined with `_`, repeats numbered `.001`, `.002` as
 * Blender does. A name that is unique as found is never changed for the sake of a repeat.
 */
export function uniqueBvhNames(names: readonly string[]): string[] {
  const joined = names.map((name) => name.trim().replace(/\s+/g, '_'));
  const taken = new Set(joined);
  const seen = new Set<string>();
  const nextSuffix = new Map<string, number>();
  return joined.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let suffix = nextSuffix.get(name) ?? 1;
    let candidate = numbered(name, suffix);
    while (taken.has(candidate)) candidate = numbered(name, ++suffix);
    nextSuffix.set(name, suffix + 1);
    taken.add(candidate);
    return candidate;
  });
}

/** ASCII names without blanks and braces, unique, short enough for Blender. */
export function plainNames(names: readonly string[]): string[] {
  const plain = names.map((name) => {
    const ascii = name
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[^\u0021-\u007e]|[{}]/g, '_');
    return ascii.slice(0, ascii.length > MAX_NAME_BYTES ? MAX_BASE_NAME_BYTES : MAX_NAME_BYTES) || 'joint';
  });
  const unique = uniqueBvhNames(plain);
  const tooLong = unique.some((name) => name.length > MAX_NAME_BYTES);
  return tooLong ? uniqueBvhNames(plain.map((name) => name.slice(0, MAX_BASE_NAME_BYTES))) : unique;
}

function numbered(name: string, suffix: number): string {
  return `${name}.${String(suffix).padStart(3, '0')}`;
}
