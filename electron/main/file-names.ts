import { extname } from 'node:path';

const LONGEST_NAME = 120;
const FALLBACK = 'clip';
/** Names Windows keeps for devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A name any system takes, without a folder in it; the suffix stays. */
export function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{Cc}<>:"|?*]/gu, '_')
    .replace(/[. ]+$/, '')
    .replace(/^[. ]+/, '');
  const suffix = extname(clean).slice(0, 12);
  const stem = clean.slice(0, clean.length - extname(clean).length).slice(0, LONGEST_NAME - suffix.length);
  if (stem === '') return FALLBACK + suffix;
  return (DEVICE.test(stem) ? `${stem}_` : stem) + suffix;
}

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
