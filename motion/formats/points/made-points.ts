import { LAYOUTS, type LayoutName } from '../../skeleton/layouts.ts';

/** A person made of numbers for tests: metres, Y up, facing +Z, left towards +X; steps forward and swings the arms. */
const PLACES: Readonly<Record<string, readonly [number, number, number]>> = {
  Hip: [0.1, 0.95, 0],
  Knee: [0.11, 0.5, 0.02],
  Ankle: [0.12, 0.08, -0.01],
  Shoulder: [0.19, 1.42, 0],
  Elbow: [0.24, 1.13, -0.02],
  Wrist: [0.25, 0.87, 0.06],
  Eye: [0.03, 1.64, 0.09],
  Ear: [0.07, 1.62, 0.01],
  BigToe: [0.13, 0.03, 0.17],
  SmallToe: [0.18, 0.03, 0.14],
  Heel: [0.11, 0.03, -0.06],
  FootIndex: [0.13, 0.03, 0.17],
  Foot: [0.13, 0.03, 0.15],
};
const MIDDLE: Readonly<Record<string, readonly [number, number, number]>> = {
  pelvis: [0, 0.96, 0],
  midHip: [0, 0.95, 0],
  spine: [0, 1.2, 0],
  thorax: [0, 1.44, 0],
  neck: [0, 1.46, 0],
  nose: [0, 1.6, 0.12],
  head: [0, 1.75, 0.03],
  headTop: [0, 1.78, 0.02],
};

/** [frame][joint][xyz] of a layout, metres, Y up. */
export function madePoints(layout: LayoutName, frameCount: number, shift = 0): Float64Array {
  const rows: number[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    for (const name of LAYOUTS[layout].names) {
      const [, side, part] = /^(left|right)?(.*)$/.exec(name)!;
      const [x, y, z] = (side === undefined ? MIDDLE[part] : PLACES[part]) ?? [0.02, 1.5, 0.05];
      const sign = side === 'right' ? -1 : 1;
      const swing = part === 'Wrist' ? 0.1 * Math.sin(frame * 0.3) * sign : 0;
      rows.push(shift + x * sign, y, z + swing + frame * 0.02);
    }
  }
  return Float64Array.from(rows);
}

/** One joint of one frame. */
export function jointAt(
  positions: Float64Array,
  layout: LayoutName,
  name: string,
  frame = 0,
  dimensions = 3,
): number[] {
  const { names } = LAYOUTS[layout];
  const at = (frame * names.length + names.indexOf(name)) * dimensions;
  return [...positions.subarray(at, at + dimensions)];
}

export function textBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function jsonBytes(value: unknown): Uint8Array {
  return textBytes(JSON.stringify(value));
}
