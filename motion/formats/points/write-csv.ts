import { frameCountOf, type NamedMotion } from './named-motion.ts';
import { cellName, TextWriter } from './text-writer.ts';

/**
 * A table with a row per frame: `frame` from 0, `time` in seconds, then x, y and, in 3D, z of each joint in the motion's unit
 * and axes, and its confidence where there is one. Empty cells for missing joints.
 */
export function writeCsv(motion: NamedMotion): Uint8Array {
  const { names, positions, confidence, dimensions, frameTime } = motion;
  const frames = frameCountOf(motion);
  const columns = ['x', 'y', 'z'].slice(0, dimensions).concat(confidence === null ? [] : 'confidence');
  const out = new TextWriter();
  out.text('frame,time');
  for (const name of names) for (const column of columns) out.text(`,${cellName(name)}_${column}`);
  out.text('\n');
  for (let frame = 0; frame < frames; frame++) {
    out.text(`${frame},`).number(frame * frameTime);
    for (let joint = 0; joint < names.length; joint++) {
      const point = frame * names.length + joint;
      for (let axis = 0; axis < dimensions; axis++)
        out.text(',').number(positions[point * dimensions + axis]);
      if (confidence !== null) out.text(',').number(confidence[point]);
    }
    out.text('\n');
  }
  return out.finish();
}
