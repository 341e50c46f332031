import type { FrameRange } from '../../motion/edits/slice.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';

/** Runs of frames in which the person was not seen, both ends included. */
export function gapsOf(seen: readonly boolean[] | null): readonly FrameRange[] {
  const gaps: [number, number][] = [];
  seen?.forEach((isSeen, frame) => {
    if (isSeen) return;
    const last = gaps.at(-1);
    if (last !== undefined && last[1] === frame - 1) last[1] = frame;
    else gaps.push([frame, frame]);
  });
  return gaps;
}

/** A sentence about gaps; none where there are none. */
export function gapNotice(gaps: readonly FrameRange[]): string[] {
  if (gaps.length === 0) return [];
  const shown = gaps.slice(0, 3).map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  const more = gaps.length > 3 ? ` and ${gaps.length - 3} more` : '';
  const frames = gaps.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  return [
    `nobody was seen in ${frames} ${frames === 1 ? 'frame' : 'frames'} (${shown.join(', ')}${more}): they stay gaps in arrays and are bridged in animations`,
  ];
}

/** Positions, [frame][joints][xyz], with NaN in the gaps; the very array where there are none. */
export function withGaps<T extends Float64Array | Float32Array>(
  positions: T,
  gaps: readonly FrameRange[],
  joints: number = BODY17_COUNT,
): T {
  if (gaps.length === 0) return positions;
  const out = positions.slice() as T;
  for (const [first, last] of gaps) out.fill(Number.NaN, first * joints * 3, (last + 1) * joints * 3);
  return out;
}
