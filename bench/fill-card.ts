/**
 * Writes measured figures into a model's card: those of `bench/accuracy.ts` on the test and the val split, or, for a
 * network on rotations, those of `bench/bvh-roundtrip.ts`.
 *
 *   node bench/fill-card.ts MODEL TEST.json VAL.json
 *   node bench/fill-card.ts MODEL --roundtrip ROUNDTRIP.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readModelCard } from '../native-model/inference/model-card.ts';

const { values: options, positionals } = parseArgs({
  options: { roundtrip: { type: 'string' } },
  allowPositionals: true,
});
const [name, testFile, valFile] = positionals;
const { folder } = readModelCard(name);
const file = join(folder, 'card.json');
const card = JSON.parse(readFileSync(file, 'utf8'));
if (options.roundtrip !== undefined) {
  card.metrics = roundtripFigures(JSON.parse(readFileSync(options.roundtrip, 'utf8')));
} else {
  if (valFile === undefined) throw new Error('usage: node bench/fill-card.ts MODEL TEST.json VAL.json');
  const [test, val] = [testFile, valFile].map((path) =>
    figures(JSON.parse(readFileSync(path, 'utf8')).lines),
  );
  const at30 = test.est30;
  card.metrics = {
    headline: `MPJPE ${at30.mpjpeMm.toFixed(1)} mm and Accel ${at30.accelMmPerFrame2.toFixed(1)} mm/frame² on noisy test clips at 30 fps (input ${at30.inputMpjpeMm.toFixed(1)} and ${at30.inputAccelMmPerFrame2.toFixed(1)})`,
    test,
    val,
  };
}
writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);

function roundtripFigures(rows: readonly Record<string, number | string>[]): Record<string, unknown> {
  const mean = (kind: string, key: string): number => {
    const chosen = rows.filter((row) => row.kind === kind);
    const frames = chosen.reduce((sum, row) => sum + Number(row.frames), 0);
    const sum = chosen.reduce((total, row) => total + Number(row.frames) * Number(row[key]), 0);
    return Number((sum / frames).toFixed(2));
  };
  const corrupted = {
    mpjpeMm: mean('corrupted', 'mpjpeAfter'),
    accelMmPerFrame2: mean('corrupted', 'accelAfter'),
    inputMpjpeMm: mean('corrupted', 'mpjpeBefore'),
    inputAccelMmPerFrame2: mean('corrupted', 'accelBefore'),
  };
  return {
    headline: `MPJPE ${corrupted.mpjpeMm.toFixed(1)} mm and Accel ${corrupted.accelMmPerFrame2.toFixed(1)} mm/frame² on test BVH with noise on rotations, 120 fps (input ${corrupted.inputMpjpeMm.toFixed(1)} and ${corrupted.inputAccelMmPerFrame2.toFixed(1)})`,
    bvh: { corrupted, clean: { mpjpeMm: mean('clean', 'mpjpeAfter') } },
  };
}

function figures(lines: readonly Record<string, number | string>[]): Record<string, Record<string, number>> {
  const out: Record<string, Record<string, number>> = {};
  for (const line of lines) {
    if (line.model !== name) continue;
    const input = lines.find(({ setting, model }) => setting === line.setting && model === 'input');
    const round = (value: number | string | undefined | null): number =>
      Number(Number(value ?? Number.NaN).toFixed(2));
    out[line.setting as string] = {
      mpjpeMm: round(line.mpjpe),
      accelMmPerFrame2: round(line.accel),
      inputMpjpeMm: round(input?.mpjpe),
      inputAccelMmPerFrame2: round(input?.accel),
      paMpjpeMm: round(line.paMpjpe),
    };
  }
  return out;
}
