import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PoseMendError } from '../../contract/errors.ts';
import { modelsFolder } from '../inference/model-card.ts';

/** The network that lifts, in `modelsFolder()`. */
export const LIFTER = 'mixste';

const lifterCardSchema = z.object({
  name: z.string(),
  title: z.string(),
  version: z.string(),
  architecture: z.literal('mixste'),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.number(),
  layout: z.literal('body17'),
  joints: z.literal(17),
  units: z.literal('m'),
  /** Grid frames per window. */
  windowLength: z.number().int().positive(),
  /** Grid frames between window starts. */
  stride: z.number().int().positive(),
  targetFps: z.number().positive(),
  /** Cut-off before the grid, in units of its Nyquist frequency. */
  lowPass: z.number().positive(),
  /** Focal length of a picture nobody knows the lens of, as a share of its longer side. */
  assumedFocal: z.number().positive(),
  inputs: z.record(z.string(), z.string()),
  outputs: z.record(z.string(), z.string()),
  training: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.unknown()),
  dataLicences: z.array(z.string()),
});

/** What a lifting network says of itself in `card.json`. */
export type LifterCard = z.infer<typeof lifterCardSchema>;

export interface LifterFolder {
  readonly name: string;
  readonly folder: string;
  readonly card: LifterCard;
}

/** Whether there is a network that lifts. */
export function isLifterInstalled(): boolean {
  return existsSync(join(modelsFolder(), LIFTER, 'card.json'));
}

/** Reads the lifter's card. Throws PoseMendError where it is missing or damaged. */
export function readLifterCard(): LifterFolder {
  const folder = join(modelsFolder(), LIFTER);
  const file = join(folder, 'card.json');
  try {
    return { name: LIFTER, folder, card: lifterCardSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) };
  } catch (cause) {
    const isDamaged = cause instanceof z.ZodError || cause instanceof SyntaxError;
    throw new PoseMendError(
      'failed',
      `${file}: the network that lifts 2D keypoints is ${isDamaged ? 'damaged' : 'not there'}; install PoseMend again, or open the clip as 2D`,
      { cause },
    );
  }
}
