import { createFilter, FILTER_NAMES, type FilterName, type FilterParams } from '../motion/filters/filter.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { consultsReferences, modelNames, readModelCard } from '../native-model/inference/model-card.ts';
import { OnnxSession } from '../native-model/inference/onnx-session.ts';
import type { PoseLibrary } from '../native-model/pvd/library.ts';
import { openReferences } from '../native-model/refine/open-references.ts';
import { type RefinedMotion, refineMotion } from '../native-model/refine/refine-motion.ts';
import type { NoisyClip } from './noisy-clips.ts';
import { withRandomAnswers } from './random-references.ts';

export const DEFAULT_NETWORK = 'posemend';
export const TUNED = 'best filter (tuned on test)';
const WITHOUT = ' without references';
const RANDOM = ' with random references';

/** A filter and its parameters, for `TUNED`. */
export interface TunedFilter {
  readonly name: FilterName;
  readonly params: Readonly<Record<string, number>>;
}

/** Everything installed that treats positions, in the order of the tables. */
export function refinerNames(): string[] {
  const installed = modelNames().filter((name) => readModelCard(name).card.architecture !== 'hpr-net');
  const others = installed.filter((name) => name !== DEFAULT_NETWORK);
  const own = installed.includes(DEFAULT_NETWORK)
    ? [DEFAULT_NETWORK + WITHOUT, DEFAULT_NETWORK + RANDOM, DEFAULT_NETWORK]
    : [];
  return ['input', ...FILTER_NAMES, TUNED, ...others, ...own];
}

/** The network behind a refiner's name; null for the input and for filters. */
export function networkOf(name: string): string | null {
  if (name === 'input' || name === TUNED || (FILTER_NAMES as readonly string[]).includes(name)) return null;
  return name.replace(WITHOUT, '').replace(RANDOM, '');
}

/** Networks that look at every frame's window: hundreds of frames a second, so that fewer runs must do. */
export function isSlow(name: string): boolean {
  const network = networkOf(name);
  return network !== null && readModelCard(network).card.architecture.startsWith('synsp');
}

/** Opens networks and the default library when they are first asked for; to be closed. */
export class Refiners {
  readonly #sessions = new Map<string, OnnxSession>();
  #library: PoseLibrary | null = null;

  async session(network: string): Promise<OnnxSession> {
    let session = this.#sessions.get(network);
    if (session === undefined) {
      session = await OnnxSession.open(readModelCard(network), 'cpu', console.error);
      this.#sessions.set(network, session);
    }
    return session;
  }

  async library(): Promise<PoseLibrary> {
    this.#library ??= await openReferences('default', console.error);
    return this.#library;
  }

  /** What a network makes of a clip. */
  async network(name: string, { input, seen, frameTime }: NoisyClip): Promise<RefinedMotion> {
    const session = await this.session(networkOf(name)!);
    const none = name.endsWith(WITHOUT) || !consultsReferences(session.model.card);
    const library = none ? null : await this.library();
    const store = library !== null && name.endsWith(RANDOM) ? withRandomAnswers(library, 1) : library;
    return refineMotion(
      { body17: input, seen, frameTime, skeleton: null },
      session,
      { store, rules: {} },
      {},
    );
  }

  async close(): Promise<void> {
    for (const session of this.#sessions.values()) await session.dispose();
    this.#library?.close();
  }
}

/** What a filter makes of a clip; the input itself for 'input'. */
export function filtered(
  name: string,
  { input, frameTime }: NoisyClip,
  tuned: TunedFilter | null,
): Float64Array {
  if (name === 'input') return input;
  const filter =
    name === TUNED
      ? createFilter(tuned!.name, tuned!.params as Partial<FilterParams[FilterName]>)
      : createFilter(name as FilterName);
  const channels = BODY17_COUNT * 3;
  return filter(input, input.length / channels, channels, frameTime);
}
