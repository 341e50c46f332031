import { countItems } from './array-content.ts';
import type { PickleFail, PickleSession } from './pickle-context.ts';
import { isPyArray, isPyDict, isPyObject, type PyValue } from './py-value.ts';

interface Visit {
  readonly value: object;
  readonly children: readonly PyValue[];
  next: number;
  depth: number;
  size: number;
}

/**
 * Refuses values that nobody could walk: with cycles, nested beyond the limit, or so full of references to the same
 * things that following each of them would never end ("billion laughs"). Visits each value once, without recursion.
 */
export function checkUnfolded(root: PyValue, session: PickleSession, fail: PickleFail): void {
  const { maxDepth, maxUnfolded, maxUnfoldedPerByte } = session.limits;
  const largest = Math.max(maxUnfolded, session.fileBytes * maxUnfoldedPerByte);
  const done = new Map<object, Pick<Visit, 'depth' | 'size'>>();
  const open = new Set<object>();
  const path: Visit[] = [];
  const enter = (value: object): void => {
    if (open.has(value)) throw fail('a value that contains itself', 'the file may be malicious');
    if (path.length >= maxDepth) throw tooDeep(maxDepth, fail);
    open.add(value);
    path.push({
      value,
      children: childrenOf(value as PyValue),
      next: 0,
      depth: 1,
      size: ownSize(value as PyValue),
    });
  };

  if (isParent(root)) enter(root);
  while (path.length > 0) {
    const visit = path[path.length - 1];
    if (visit.next < visit.children.length) {
      const child = visit.children[visit.next];
      if (!isParent(child)) {
        visit.next++;
        continue;
      }
      const known = done.get(child);
      if (known === undefined) {
        enter(child);
        continue;
      }
      visit.next++;
      visit.depth = Math.max(visit.depth, known.depth + 1);
      visit.size += known.size;
      if (visit.depth > maxDepth) throw tooDeep(maxDepth, fail);
      if (visit.size > largest) {
        throw fail('a few values are repeated without end', 'the file may be malicious');
      }
      continue;
    }
    path.pop();
    open.delete(visit.value);
    done.set(visit.value, { depth: visit.depth, size: visit.size });
  }
}

function tooDeep(maxDepth: number, fail: PickleFail) {
  return fail(`values are nested more than ${maxDepth} levels deep`, 'save the arrays alone with np.savez');
}

function isParent(value: PyValue): value is Exclude<PyValue, null | boolean | number | bigint | string> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function childrenOf(value: PyValue): readonly PyValue[] {
  if (Array.isArray(value)) return value;
  if (isPyDict(value)) return [...value.values()];
  if (isPyArray(value)) return value.dtype === 'O' ? (value.items ?? []) : [];
  return isPyObject(value) ? [...value.args, value.state] : [];
}

function ownSize(value: PyValue): number {
  if (Array.isArray(value)) return 1 + value.length;
  if (isPyDict(value)) return 1 + value.size;
  return isPyArray(value) ? 1 + countItems(value.shape) : 1;
}
