import type { MeasuredClip } from './accuracy-worker.ts';
import { clipInterval, type Interval } from './clip-bootstrap.ts';
import type { FrameRateLine } from './frame-rates.ts';
import type { ClipFigures } from './measure-clip.ts';
import { SETTINGS } from './noisy-clips.ts';
import type { QualityFigures } from './quality-figures.ts';
import { DEFAULT_NETWORK, TUNED, type TunedFilter } from './refiners.ts';
import type { RetrievalLine } from './retrieval-alone.ts';
import type { UnseenLine } from './unseen-kinds.ts';

/** Figures of one refiner in one setting: mm and mm/frame², root-relative unless it says global. */
export interface AccuracyLine extends ClipFigures {
  readonly setting: string;
  readonly title: string;
  readonly model: string;
  readonly runs: number;
  /** Bounds of the 95 % confidence interval of the MPJPE, over clips. */
  readonly low: number;
  readonly high: number;
}

/** MPJPE of the default network minus that of another refiner on the same inputs. */
export interface DifferenceLine extends Interval {
  readonly setting: string;
  readonly against: string;
  /** The other one's mean on these inputs. */
  readonly againstMpjpe: number;
}

export interface QualityLine extends QualityFigures {
  readonly setting: string;
  readonly model: string;
}

/** What `bench/accuracy.ts` measured. */
export interface AccuracyReport {
  readonly split: string;
  readonly lines: readonly AccuracyLine[];
  readonly differences: readonly DifferenceLine[];
  /** By setting. */
  readonly tuned: Record<string, TunedFilter>;
  readonly quality: readonly QualityLine[];
  readonly rates: readonly FrameRateLine[];
  readonly unseen: readonly UnseenLine[];
  readonly retrieval: { readonly lines: readonly RetrievalLine[]; readonly windows: number };
  readonly seconds: number;
}

export function accuracyLine(setting: string, model: string, clips: readonly MeasuredClip[]): AccuracyLine {
  const total = clips.reduce((sum, { frames }) => sum + frames, 0);
  const mean = (key: keyof ClipFigures): number =>
    clips.reduce((sum, clip) => sum + clip.frames * clip[key], 0) / total;
  const { low, high } = clipInterval(
    clips.map(({ clip, frames, mpjpe }) => ({ clip, frames, value: mpjpe })),
  );
  return {
    setting,
    title: SETTINGS[setting].title,
    model,
    runs: 1 + Math.max(...clips.map(({ run }) => run)),
    mpjpe: mean('mpjpe'),
    low,
    high,
    paMpjpe: mean('paMpjpe'),
    accel: mean('accel'),
    globalMpjpe: mean('globalMpjpe'),
    globalAccel: mean('globalAccel'),
    footSlide: mean('footSlide'),
  };
}

/** Paired, on the clips and runs both refiners have. */
export function differenceLines(
  setting: string,
  measured: ReadonlyMap<string, readonly MeasuredClip[]>,
): DifferenceLine[] {
  const own = measured.get(`${setting}/${DEFAULT_NETWORK}`);
  if (own === undefined) return [];
  return ['input', TUNED, 'synsp++'].flatMap((against) => {
    const others = measured.get(`${setting}/${against}`);
    if (others === undefined) return [];
    const pairs = own.flatMap((clip) => {
      const other = others.find((one) => one.clip === clip.clip && one.run === clip.run);
      return other === undefined ? [] : [{ clip, other }];
    });
    const values = (value: (pair: (typeof pairs)[number]) => number) =>
      clipInterval(
        pairs.map((pair) => ({ clip: pair.clip.clip, frames: pair.clip.frames, value: value(pair) })),
      );
    const againstMpjpe = values(({ other }) => other.mpjpe).mean;
    return [{ setting, against, againstMpjpe, ...values(({ clip, other }) => clip.mpjpe - other.mpjpe) }];
  });
}
