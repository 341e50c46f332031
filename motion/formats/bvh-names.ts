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

function numbered(name: string, suffix: number): string {
  return `${name}.${String(suffix).padStart(3, '0')}`;
}
