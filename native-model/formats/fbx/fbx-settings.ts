import type { FormatWarning } from '../../../motion/errors.ts';
import { type AxisTurn, turnToYUp, upAxisOf } from '../../../motion/formats/axes.ts';
import { fpsOfTimeMode, KTIME_PER_SECOND } from '../../../motion/formats/fbx/fbx-time.ts';
import { type FbxTree, fbxNumbers } from '../../../motion/formats/fbx/fbx-tree.ts';
import type { FbxStack } from './fbx-scene-tree.ts';

/** What a file says of its numbers. */
export interface FbxSettings {
  /** Metres of the file's unit. */
  readonly metresPerUnit: number;
  /** From the file's axes to Y up, facing as the file says. */
  readonly turn: AxisTurn;
  /** null where the file names no rate. */
  readonly fps: number | null;
  readonly warnings: readonly FormatWarning[];
}

/** `GlobalSettings`, with FBX's own defaults: centimetres, Y up. */
export function readFbxSettings(tree: FbxTree): FbxSettings {
  const node = tree.nodes.find(({ name }) => name === 'GlobalSettings');
  const number = (name: string, fallback: number): number => {
    const value = fbxNumbers(node, name)?.[0];
    return value !== undefined && Number.isFinite(value) ? value : fallback;
  };
  const warnings: FormatWarning[] = [];
  let centimetres = number('UnitScaleFactor', 1);
  if (!(centimetres > 0)) {
    warnings.push({ place: 'UnitScaleFactor', message: `is ${centimetres}; centimetres were taken` });
    centimetres = 1;
  }
  return {
    metresPerUnit: centimetres / 100,
    turn: axesTurn(number),
    fps: fpsOfTimeMode(number('TimeMode', 0), number('CustomFrameRate', 0)) ?? null,
    warnings,
  };
}

/** Coordinate axis to +X, up to +Y, front to +Z; where that is no rotation, up alone counts. */
function axesTurn(number: (name: string, fallback: number) => number): AxisTurn {
  const up = number('UpAxis', 1);
  const source = [number('CoordAxis', 0), up, number('FrontAxis', 2)];
  const sign = ['CoordAxisSign', 'UpAxisSign', 'FrontAxisSign'].map((name) => (number(name, 1) < 0 ? -1 : 1));
  const [x, y, z] = source;
  const isWhole = [...source].sort().join() === '0,1,2';
  const isEven = (x + 1) % 3 === y && (y + 1) % 3 === z;
  const handedness = sign[0] * sign[1] * sign[2] * (isEven ? 1 : -1);
  if (isWhole && handedness > 0) {
    return { source: [x, y, z], sign: [sign[0], sign[1], sign[2]] };
  }
  return turnToYUp(upAxisOf(up === 0 || up === 2 ? up : 1, sign[1] > 0));
}

/**
 * The rate at which most keys of an animation follow one another, frames per second to three decimals; null without
 * keys. Some programs round their times, so that steps differ by a few units.
 */
export function rateOfKeys(stack: FbxStack): number | null {
  const rates = new Map<number, number>();
  for (const { curves } of stack.channels) {
    for (const curve of curves) {
      for (let key = 1; curve && key < curve.times.length; key++) {
        const seconds = (curve.times[key] - curve.times[key - 1]) / Number(KTIME_PER_SECOND);
        const rate = Math.round(1000 / seconds) / 1000;
        rates.set(rate, (rates.get(rate) ?? 0) + 1);
      }
    }
  }
  const [usual] = [...rates].sort((a, b) => b[1] - a[1]);
  return usual && usual[0] > 0 ? usual[0] : null;
}
