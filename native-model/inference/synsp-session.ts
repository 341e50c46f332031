import type { SynspCard } from './model-card.ts';
import type { OnnxSession } from './onnx-session.ts';

/** A batch of windows as the network reads them; all metres in window coordinates (`findHeading`). */
export interface WindowBatch {
  readonly count: number;
  /** Shape [window][frame][17][xyz]. */
  readonly window: Float32Array;
  /** The reference of each window, aligned to it. */
  readonly found: Float32Array;
  /** L2 of the retrieval vectors, [window]. */
  readonly distance: Float32Array;
  /** Seconds between a window's frames and between the clip's frames, in units of 1/30 s, [window][2]. */
  readonly step: Float32Array;
}

/** Shape [window][frame][17][xyz] each, metres in window coordinates. */
export interface RefinedWindows {
  readonly final: Float32Array;
  readonly position: Float32Array;
  readonly acceleration: Float32Array;
}

/** Runs a SynSP++ network, or a SynSP one, which reads no references. */
export async function runSynsp(
  session: OnnxSession,
  card: SynspCard,
  { count, window, found, distance, step }: WindowBatch,
): Promise<RefinedWindows> {
  const shape = [count, card.windowLength, card.joints * 3];
  const own = { window: { data: window, shape }, step: { data: step, shape: [count, 2] } };
  const references = { found: { data: found, shape }, distance: { data: distance, shape: [count, 1] } };
  const feeds = card.architecture === 'synsp' ? own : { ...own, ...references };
  const { final, position, acceleration } = await session.run(feeds);
  return { final, position, acceleration };
}
