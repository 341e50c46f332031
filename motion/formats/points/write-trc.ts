import { applyTurn, turnToYUp, upAxisNamed } from '../axes.ts';
import { metresPerUnit } from '../unit-guess.ts';
import { unitNamed } from './fact-words.ts';
import { frameCountOf, type NamedMotion } from './named-motion.ts';
import { cellName, shortFixed, TextWriter } from './text-writer.ts';

/** Units that readers of TRC files know. */
const TRC_UNITS: readonly string[] = ['m', 'cm', 'mm'];

/**
 * A TRC file for OpenSim: Y up whatever was, tabs between, frames from 1, empty cells for missing joints. Metres where the
 * unit is none that TRC knows. 3D only.
 * @throws RangeError for 2D
 */
export function writeTrc(motion: NamedMotion, fileName = 'motion.trc'): Uint8Array {
  const { names, frameTime } = motion;
  if (motion.dimensions !== 3) throw new RangeError('a TRC file is 3D');
  const frames = frameCountOf(motion);
  const { unit, scale } = trcUnit(motion.unit);
  const rate = shortFixed(1 / frameTime);
  const out = new TextWriter();
  out.text(`PathFileType\t4\t(X/Y/Z)\t${cellName(fileName)}\n`);
  out.text(
    'DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n',
  );
  out.text(`${rate}\t${rate}\t${frames}\t${names.length}\t${unit}\t${rate}\t1\t${frames}\n`);
  out.text(`Frame#\tTime\t${names.map(cellName).join('\t\t\t')}\t\t\n`);
  out.text(`\t\t${names.map((_, at) => `X${at + 1}\tY${at + 1}\tZ${at + 1}`).join('\t')}\n\n`);
  const turn = turnToYUp(upAxisNamed(motion.up));
  const width = names.length * 3;
  for (let frame = 0; frame < frames; frame++) {
    out.text(`${frame + 1}\t`).number(frame * frameTime);
    const row = motion.positions.slice(frame * width, (frame + 1) * width);
    for (let at = 0; at < width; at += 3) applyTurn(row, at, turn);
    for (const value of row) out.text('\t').number(scale === 1 ? value : value * scale);
    out.text('\n');
  }
  return out.finish();
}

function trcUnit(word: string): { readonly unit: string; readonly scale: number } {
  if (TRC_UNITS.includes(word)) return { unit: word, scale: 1 };
  const named = unitNamed(word);
  const metres = named === null ? Number.parseFloat(word) : metresPerUnit(named);
  return { unit: 'm', scale: metres > 0 ? metres : 1 };
}
