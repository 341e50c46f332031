import type { LayoutName } from '../../skeleton/layouts.ts';
import type { UpName } from '../axes.ts';

/** Joint positions with names, as a file is to hold them. */
export interface NamedMotion {
  readonly names: readonly string[];
  /** The layout that the names are; null where they are a skeleton's own joints. */
  readonly layout: LayoutName | null;
  /** In `unit` and the axes of `up`; pixels, Y down, in 2D. [frame][name][dimension]; NaN = not seen. */
  readonly positions: Float64Array;
  /** [frame][name], 0..1; null for none. */
  readonly confidence: Float64Array | null;
  readonly dimensions: 2 | 3;
  /** Seconds per frame. */
  readonly frameTime: number;
  /** `m`, `cm`, `mm`, `inch`, `cmu`, another length in metres, or `pixels`. */
  readonly unit: string;
  readonly up: UpName;
}

/** @throws RangeError where the numbers are not whole frames of the names */
export function frameCountOf({ names, positions, dimensions }: NamedMotion): number {
  const frames = positions.length / (names.length * dimensions);
  if (names.length > 0 && Number.isInteger(frames)) return frames;
  throw new RangeError(
    `${positions.length} numbers are no frames of ${names.length} joints in ${dimensions}D`,
  );
}
