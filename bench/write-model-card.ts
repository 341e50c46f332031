/**
 * Writes docs/model-card-NAME.md for every installed network, from its card.json and work/bench/accuracy.json.
 *
 *   node bench/write-model-card.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelCard, modelNames, readModelCard } from '../native-model/inference/model-card.ts';
import type { AccuracyReport } from './accuracy-report.ts';
import { markdownTable } from './accuracy-tables.ts';

const ABOUT: Readonly<Record<ModelCard['architecture'], string>> = {
  posemend:
    'Refines seconds of body-17 motion on a grid of about 30 frames a second, with masks for missing joints, bone lengths and clean reference windows, and tells the error it expects of every joint.',
  'synsp++':
    'Refines short windows of body-17 motion with a position and an acceleration branch and a clean reference window, after "SynSP++: General Pose Sequences Refinement via Synergy of Smoothness and Precision".',
  synsp: 'SynSP++ with a single view: no references.',
  smoothnet:
    'Smooths one coordinate at a time over a window, after "SmoothNet: A Plug-and-Play Network for Refining Human Poses in Videos".',
  'hpr-net': 'Refines joint rotations by weights over neighbouring frames; needs a skeleton, so BVH only.',
};

const root = join(import.meta.dirname, '..');
const file = join(root, 'work', 'bench', 'accuracy.json');
const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AccuracyReport) : null;
for (const name of modelNames()) {
  const { card } = readModelCard(name);
  writeFileSync(join(root, 'docs', `model-card-${name}.md`), cardText(card));
}

function cardText(card: ModelCard): string {
  const training = Object.entries(card.training).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return `# Model card: ${card.name} ${card.version}

${card.title}. ${ABOUT[card.architecture]}

${card.parameters.toLocaleString('en')} parameters, windows of ${card.windowLength} frames, stride ${card.stride}, SHA-256 ${card.sha256}.

## Use

Body-17 motion in metres, Y up, from pose estimators and captures of everyday movement, sport and dance at 24 to 120 frames per second. Not meant for several people at once, 2D keypoints or animals.

## Training and data

${markdownTable(['', ''], training)}

${card.dataLicences.join(' ')}

## Figures on the test clips

${figures(card.name)}

## Quality

${card.expectedError.before.knots.length > 0 ? `Expected errors are calibrated on the validation clips (bench/calibrate.ts); PQE is scaled by at least ${card.quality.floorMm} mm. Both describe error relative to the pelvis.` : 'Its expected error is not calibrated.'}

## Limits

Slow drift of a whole limb that looks plausible stays in part. Crawling, acrobatics and children are not in the training clips. GPU: not measured.
`;
}

function figures(model: string): string {
  const lines = report?.lines.filter((line) => line.model === model) ?? [];
  if (lines.length === 0) return 'See [results.md](results.md).';
  const rows = lines.map((line) => {
    const input = report!.lines.find((one) => one.model === 'input' && one.setting === line.setting);
    const before = input === undefined ? '' : `${input.mpjpe.toFixed(1)} / ${input.accel.toFixed(2)}`;
    return [line.title, before, `${line.mpjpe.toFixed(1)} / ${line.accel.toFixed(2)}`];
  });
  return `MPJPE mm / Accel mm/frame²; intervals, commands and the other refiners: [results.md](results.md).\n\n${markdownTable(['', 'input', model], rows)}`;
}
