/**
 * Writes docs/model-card-synsp++.md from the card and from what `bench/accuracy.ts` measured.
 *
 *   node bench/write-model-card.ts work/bench docs/model-card-synsp++.md
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModelCard } from '../native-model/inference/model-card.ts';
import type { AccuracyLine } from './accuracy-tables.ts';
import { SETTINGS } from './noisy-clips.ts';

const [folder, out] = process.argv.slice(2);
if (out === undefined) throw new Error('usage: node bench/write-model-card.ts MEASURED_FOLDER OUT.md');
const { card } = readModelCard('synsp++');
const { training } = card;

writeFileSync(
  out,
  `# Model card: SynSP++ ${card.version}

What it is: a network of ${card.parameters.toLocaleString('en')} parameters that refines windows of ${card.windowLength} frames of 17 joints, after "SynSP++: General Pose Sequences Refinement via Synergy of Smoothness and Precision". A position branch and an acceleration branch; their disagreement is the pose quality encoding (PQE); a reference window from the pose vector database (PVD) enters with its distance (SDE).

Where it departs from the paper: tokens are DCT coefficients of the window (as in the authors' code) and the heads predict corrections in that space; two numbers for the time step enter the embedding; each branch has its own last layer (as the paper says and its code does not); a window's frames lie round(fps / ${card.targetFps}) frames apart behind a low-pass, so that it spans about a quarter of a second at any frame rate; after SWAA a Gaussian of ${card.settleSigma} window steps settles noisy stretches. References are prototypes, means of several windows from several clips.

## Use

Body-17 positions in metres, Y up. Meant for motion from pose estimators and captures of everyday movement, sport and dance at 24 to 120 frames per second. Not meant for several people at once, for 2D keypoints, for animals, or for poses far from upright movement (crawling, acrobatics), which it has hardly seen.

## Training

Data: ${String(training.data)}. Noise: ${String(training.noise)}. ${String(training.steps)} steps of ${String(training.batch)} windows, ${String(training.minutes)} minutes on 2 CPU cores in bfloat16; Adam, cosine from 6e-4; loss: L1 on positions plus 0 / 1 / 0.5 times L1 on accelerations for position branch, acceleration branch and result; exponential mean of the weights. A reference is the nearest of three with probability 1/2, from a library made without the person's own clips.

${card.dataLicences.join(' ')}

## Figures

MPJPE mm / Accel mm/frame², root-relative. All of them, with intervals and commands: [results.md](results.md).

${table('test')}

${table('val')}

## Quality

PQE of frame t: mean over joints of exp(−d / scale), d the distance between the branches, scale the 99th percentile of d over the clip but at least ${card.quality.floorMm} mm. Expected error in mm: a table over the size of the correction and the disagreement, calibrated on the validation clips (bench/calibrate.ts). Both describe error relative to the pelvis.

## Limits

Slow drift of a whole limb that looks plausible stays. The body proportions of most training clips are one skeleton's; a tenth larger or smaller was trained on, children were not. Motion faster than training's (thrown limbs over 18 m/s) was left out as capture faults. GPU: not measured.
`,
);

function table(split: 'test' | 'val'): string {
  const lines = JSON.parse(readFileSync(join(folder, `${split}.json`), 'utf8')) as AccuracyLine[];
  const settings = [...new Set(lines.map(({ setting }) => setting))];
  const models = [...new Set(lines.map(({ model }) => model))];
  const cell = (setting: string, model: string): string => {
    const line = lines.find((one) => one.setting === setting && one.model === model);
    return line === undefined ? '' : `${line.mpjpe.toFixed(1)} / ${line.accel.toFixed(2)}`;
  };
  return [
    `| ${split} | ${settings.map((key) => SETTINGS[key].title).join(' | ')} |`,
    `|---|${settings.map(() => '---|').join('')}`,
    ...models.map((model) => `| ${model} | ${settings.map((key) => cell(key, model)).join(' | ')} |`),
  ].join('\n');
}
