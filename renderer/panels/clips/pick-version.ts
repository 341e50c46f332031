import type { ClipEdits, Version } from '../../state/document.ts';

type Compare = ClipEdits['compare'];

/** Puts a version at one side; the other side never shows the same, and gives way by changing places. */
export function pickVersion(compare: Compare, side: 'a' | 'b', version: Version | null): Compare {
  if (side === 'b') {
    if (version !== compare.a) return { a: compare.a, b: version };
    const a = compare.b ?? 'input';
    return a === version ? compare : { a, b: version };
  }
  if (version === null) return compare;
  return version === compare.b ? { a: version, b: compare.a } : { a: version, b: compare.b };
}

/** What the A or B of a take's row does: shows the take at that side, or takes it off again. */
export function toggleVersion(compare: Compare, side: 'a' | 'b', take: string): Compare {
  if (compare[side] !== take) return pickVersion(compare, side, take);
  if (side === 'b') return { a: compare.a, b: null };
  return compare.b === 'input' ? { a: 'input', b: null } : { a: 'input', b: compare.b };
}

/** Sides changed; as it is while there is only one. */
export function swapped({ a, b }: Compare): Compare {
  return b === null ? { a, b } : { a: b, b: a };
}
