/**
 * Writes the figures of `bench/accuracy.ts --json` into a model's card.
 *
 *   node bench/fill-card.ts MODEL TEST.json VAL.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModelCard } from '../native-model/inference/model-card.ts';

const [name, testFile, valFile] = process.argv.slice(2);
if (valFile === undefined) throw new Error('usage: node bench/fill-card.ts MODEL TEST.json VAL.json');
const { folder } = readModelCard(name);
const file = join(folder, 'card.json');
const card = JSON.parse(readFileSync(file, 'utf8'));
const [test, val] = [testFile, valFile].map((path) => figures(JSON.parse(readFileSync(path, 'utf8'))));
const at30 = test.est30;
card.metrics = {
  headline: `${at30.mpjpeMm} mm MPJPE, ${at30.accelMmPerFrame2} mm/frame² Accel on the test clips with estimator-like noise at 30 fps (input ${at30.inputMpjpeMm} / ${at30.inputAccelMmPerFrame2})`,
  test,
  val,
};
writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);

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
      pqePearson: round(line.pqePearson),
    };
  }
  return out;
}
