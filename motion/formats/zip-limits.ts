/** What an archive or a compressed stream may unfold to. */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Inflated bytes of one entry. */
  readonly maxEntryBytes: number;
  /** Inflated bytes of all entries together. */
  readonly maxTotalBytes: number;
  /** Below this an entry may be compressed however well: zeros shrink a thousandfold. */
  readonly freeBytes: number;
  /** Inflated bytes per compressed byte, above `freeBytes`. DEFLATE cannot exceed 1032. */
  readonly maxRatio: number;
}

const MIB = 2 ** 20;

/** Captured motion compresses two- to tenfold; these leave room for anything but a bomb. */
export const ZIP_LIMITS: ZipLimits = {
  maxEntries: 10_000,
  maxEntryBytes: 2048 * MIB,
  maxTotalBytes: 4096 * MIB,
  freeBytes: 64 * MIB,
  maxRatio: 200,
};

/** The most bytes that so many compressed bytes may inflate to. */
export function inflationLimit(compressedBytes: number, limits: ZipLimits): number {
  return Math.min(limits.maxEntryBytes, Math.max(limits.freeBytes, compressedBytes * limits.maxRatio));
}
