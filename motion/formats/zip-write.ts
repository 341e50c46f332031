import { zipSync } from 'fflate';

const DEFLATE_LEVEL = 6;
const STORE_LEVEL = 0;
/** Zip has 32 bits for sizes; zip64 is not written. */
const MAX_BYTES = 2 ** 32 - 2 ** 20;

/**
 * Writes a zip archive. The same entries give the same bytes: every entry carries the earliest date that zip knows.
 * @throws RangeError beyond 4 GiB.
 */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>, isCompressed: boolean): Uint8Array {
  let total = 0;
  for (const bytes of entries.values()) total += bytes.length;
  if (total > MAX_BYTES) throw new RangeError(`${total} bytes are more than a zip archive holds`);
  const level = isCompressed ? DEFLATE_LEVEL : STORE_LEVEL;
  return zipSync(Object.fromEntries(entries), { level, mtime: new Date(1980, 0, 1) });
}
