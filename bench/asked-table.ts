import type { AccuracyReport } from './accuracy-report.ts';
import { markdownTable } from './accuracy-tables.ts';
import { SETTINGS } from './noisy-clips.ts';
import { DEFAULT_NETWORK, TUNED } from './refiners.ts';

/** MPJPE and Accel: at most, hoped for, and the input of the published benchmark they refer to. */
const ASKED: Readonly<Record<string, { required: string; aim: string; input: string }>> = {
  est30: { required: '55 / 6.2', aim: '48 / 5.3', input: '92.5 / 35.9' },
  est60: { required: '59 / 4.3', aim: '51 / 3.6', input: '101 / 33.2' },
  white120: { required: '10.5 / 2.3', aim: '8.5 / 1.8', input: '61 / 149.5' },
  white120x2: { required: '17 / 2.35', aim: '14 / 2.0', input: '122 / 299' },
};
const ONE_PLACE = 1;

export function askedAccuracy({ lines }: AccuracyReport): string {
  const cell = (setting: string, model: string): string => {
    const line = lines.find((one) => one.setting === setting && one.model === model);
    return line === undefined
      ? 'not measured'
      : `${line.mpjpe.toFixed(ONE_PLACE)} / ${line.accel.toFixed(2)}`;
  };
  return markdownTable(
    [
      'MPJPE / Accel',
      'asked',
      'aim',
      `${DEFAULT_NETWORK}`,
      TUNED,
      'synsp++',
      'input',
      'input in the published benchmark',
    ],
    Object.entries(ASKED).map(([setting, { required, aim, input }]) => [
      SETTINGS[setting].title,
      `≤ ${required}`,
      aim,
      ...[DEFAULT_NETWORK, TUNED, 'synsp++', 'input'].map((model) => cell(setting, model)),
      input,
    ]),
  );
}

/** The other promises, for the default network. */
export function askedBesides({ lines, quality, rates, unseen }: AccuracyReport): string {
  const rows: string[][] = [];
  const own = (setting: string, model = DEFAULT_NETWORK): number | undefined =>
    lines.find((line) => line.setting === setting && line.model === model)?.mpjpe;
  for (const setting of ['clean30', 'clean120']) {
    rows.push([`${SETTINGS[setting].title}: change`, '', `${own(setting)?.toFixed(ONE_PLACE) ?? '?'} mm`]);
  }
  for (const { setting, model, pqePooled, worstMarked, marked } of quality) {
    if (model !== DEFAULT_NETWORK) continue;
    const { title } = SETTINGS[setting];
    rows.push([`${title}: Pearson of PQE with the true error`, '≥ 0.80', pqePooled.toFixed(2)]);
    const found = `${(100 * worstMarked).toFixed(0)} % in ${(100 * marked).toFixed(0)} %`;
    rows.push([`${title}: worst 5 % of frames inside marked spans`, '≥ 60 % in ≤ 15 % of the clip', found]);
  }
  const rate = rates.find(({ model }) => model === DEFAULT_NETWORK);
  if (rate !== undefined) {
    rows.push([
      '120 fps refined at 120 and at 30 fps agree',
      '≤ 10 mm',
      `${rate.rooted.toFixed(ONE_PLACE)} mm`,
    ]);
  }
  for (const setting of ['half30', 'double30', 'flat30', 'bodies30', 'gaps30']) {
    const [mine, best] = [own(setting), own(setting, TUNED)];
    if (mine === undefined || best === undefined) continue;
    rows.push([
      SETTINGS[setting].title,
      `below ${best.toFixed(ONE_PLACE)} (best filter)`,
      mine.toFixed(ONE_PLACE),
    ]);
  }
  for (const { model, kind, before, after, toldRuns, runs } of unseen) {
    if (model !== DEFAULT_NETWORK || runs === 1) continue;
    const measured = `${(after - before).toFixed(ONE_PLACE)} mm, told in ${toldRuns} of ${runs} runs`;
    rows.push([`${kind}: MPJPE after − before`, '≤ 5 mm, and it tells', measured]);
  }
  return markdownTable([`${DEFAULT_NETWORK}`, 'asked', 'measured'], rows);
}
