import type { NpzValue } from '../python/npz-write.ts';
import { frameCountOf, type NamedMotion } from './named-motion.ts';

/**
 * What a positions NPZ holds, for `writeNpz`: `positions` (frames, joints, 2 | 3) and `joint_names`, `fps`, the words `unit`,
 * `up` and `layout` (empty where the joints are those of no layout), and `confidence` (frames, joints) where there is one.
 */
export function positionArrays(motion: NamedMotion): Record<string, NpzValue> {
  const { names, layout, positions, confidence, dimensions, frameTime, unit, up } = motion;
  const frames = frameCountOf(motion);
  return {
    positions: { shape: [frames, names.length, dimensions], data: positions, dtype: 'f4' },
    ...(confidence !== null && {
      confidence: { shape: [frames, names.length], data: confidence, dtype: 'f4' },
    }),
    joint_names: names,
    fps: 1 / frameTime,
    unit,
    up,
    layout: layout ?? '',
  };
}
