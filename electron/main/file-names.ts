import { extname } from 'node:path';

/** `walk.bvh`, `walk (2).bvh`, `walk (3).bvh`, … */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name;
  const suffix = extname(name);
  return `${name.slice(0, name.length - suffix.length)} (${number})${suffix}`;
}

/** The path a user chose, with the suffix of the file's kind where it was left out. */
export function withSuffix(path: string, suffix: string): string {
  return extname(path).toLowerCase() === suffix.toLowerCase() ? path : path + suffix;
}
