/** One record of a file that was read, binary or text alike. */
export interface FbxTreeNode {
  readonly name: string;
  readonly values: readonly FbxValue[];
  readonly children: readonly FbxTreeNode[];
}

/** Arrays hold numbers, times too (whole up to 2⁵³); null stands for content nobody asked for. */
export type FbxValue = string | number | bigint | boolean | Float64Array | null;

/** A file's records and its version, such as 7400. */
export interface FbxTree {
  readonly version: number;
  readonly nodes: readonly FbxTreeNode[];
  /** Which of the two it is. */
  readonly container: 'binary' | 'text';
}

export function fbxChild(node: FbxTreeNode | undefined, name: string): FbxTreeNode | undefined {
  return node?.children.find((child) => child.name === name);
}

/** The object id or any other whole number as a key. */
export function fbxKey(value: FbxValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The name in `Name\0\1Class` of binary files or `Class::Name` of text files. */
export function fbxObjectName(value: FbxValue | undefined): string {
  if (typeof value !== 'string') return '';
  const end = value.indexOf('\0\x01');
  if (end >= 0) return value.slice(0, end);
  const start = value.indexOf('::');
  return start >= 0 ? value.slice(start + 2) : value;
}

/** Numbers of a property in `Properties70`; undefined where it is absent or none. */
export function fbxNumbers(node: FbxTreeNode | undefined, name: string): number[] | undefined {
  const property = fbxChild(node, 'Properties70')?.children.find((child) => child.values[0] === name);
  if (!property) return undefined;
  return property.values.slice(4).map(Number);
}

/** The array that is a record's only content. */
export function fbxArray(node: FbxTreeNode | undefined, name: string): Float64Array | undefined {
  const value = fbxChild(node, name)?.values[0];
  return value instanceof Float64Array ? value : undefined;
}
