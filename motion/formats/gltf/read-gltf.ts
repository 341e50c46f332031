import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile, RigTrack } from '../tracks.ts';
import { guessMetresPerUnit } from '../unit-guess.ts';
import { GltfAccessors } from './gltf-accessor.ts';
import { type GltfAnimation, readGltfAnimations } from './gltf-animation.ts';
import type { GltfResources } from './gltf-buffers.ts';
import { type GltfContainer, isGlb, openGltfContainer } from './gltf-container.ts';
import { failAt, items, type JsonPlace, member, optionalText } from './gltf-json.ts';
import { readGltfNodes } from './gltf-nodes.ts';
import { ancestry, findGltfSkeletons, type GltfSkeleton } from './gltf-skeletons.ts';
import { restExtent, type SampleTimes, sampleGltfClip } from './gltf-track.ts';
import { rateOfKeys } from './key-rate.ts';

/** Two keys may span any time, and channels share keys; these bound the work: half a gigabyte, two hours at 120 fps. */
const MOST_VALUES = 64_000_000;
const MOST_FRAMES = 1_000_000;
const MOST_SKELETONS = 256;
/** Rotation and translation of a node in a frame. */
const VALUES_PER_NODE = 7;
/** glTF is in metres; a body above this is in another unit after all. Metres. */
const TALLEST_METRES = 20;
/** Keys this far past a frame belong to it: single precision late in a long clip, frames. */
const ROUNDING = 0.01;

/**
 * Reads the skeletons of a .glb or .gltf with their animations: one track per animation and skeleton it moves.
 * Metres, Y up; at rest all rotations are the identity.
 *
 * @param resources files that a .gltf names, by its own address for them
 * @throws FormatError with the place in the document, what is wrong and what to do.
 */
export async function readGltf(
  bytes: Uint8Array,
  source: string,
  resources: GltfResources = new Map(),
): Promise<ParsedFile> {
  const container = openGltfContainer(bytes, source);
  const { json } = container;
  checkVersion(json);
  const warnings: FormatWarning[] = [];
  const nodes = readGltfNodes(json);
  const accessors = new GltfAccessors(container, resources);
  const animations = readGltfAnimations(json, accessors, nodes.parents.length, warnings);
  const skeletons = findGltfSkeletons(json, nodes, animations);
  if (skeletons.length > MOST_SKELETONS)
    failAt(json, `holds ${skeletons.length} skeletons`, 'export one person');
  const statedFps = fpsInExtras(json);

  const tracks: RigTrack[] = [];
  let valuesLeft = MOST_VALUES;
  for (const skeleton of skeletons) {
    const movable = new Set([...skeleton.nodes, ...ancestry(nodes, skeleton.root)]);
    const metresPerUnit = unitOf(restExtent(nodes, skeleton), skeleton, nodes.names, warnings);
    for (const animation of animations) {
      const channels = animation.channels.filter(({ node }) => movable.has(node));
      if (channels.length === 0) continue;
      valuesLeft -= channels.reduce((sum, channel) => sum + channel.times.length, 0);
      const times = sampleTimes(json, { ...animation, channels }, statedFps, warnings);
      valuesLeft -= times.frameCount * movable.size * VALUES_PER_NODE;
      if (times.frameCount > MOST_FRAMES || valuesLeft < 0) {
        failAt(member(json, 'animations'), 'span more time than a clip can have', 'export a shorter range');
      }
      const moving = { ...animation, channels };
      const clip = sampleGltfClip(nodes, skeleton, moving, times, metresPerUnit);
      if (![clip.skeleton.restOffsets, clip.localRotations, clip.localTranslations].every(hasOnlyNumbers)) {
        failAt(member(json, 'animations'), 'move joints beyond all numbers');
      }
      tracks.push({
        kind: 'rig',
        id: trackId(animation, skeleton, skeletons, nodes.names),
        frameCount: times.frameCount,
        fps: times.fps,
        seen: null,
        clip,
      });
    }
  }
  if (tracks.length === 0) {
    const problem = animations.length === 0 ? 'holds no animation' : 'holds no animation of a skeleton';
    throw new FormatError(
      source,
      'animations',
      `the file ${problem}`,
      'export the skeleton with its animation',
    );
  }
  return {
    producer: producerOf(json),
    reason: reasonOf(bytes, container),
    tracks: uniqueIds(tracks),
    warnings,
  };
}

function checkVersion(json: JsonPlace): void {
  const version = optionalText(member(member(json, 'asset'), 'version'));
  if (version === null || !version.startsWith('2.')) {
    failAt(json, `says asset version ${version ?? 'none'}`, 'export it as glTF 2.0');
  }
}

/** Frames per second that the exporter noted beside the standard's own fields. */
function fpsInExtras(json: JsonPlace): number | null {
  for (const place of [member(json, 'asset'), json, ...items(member(json, 'scenes'))]) {
    const extras = member(place, 'extras').value;
    const fps = typeof extras === 'object' && extras !== null && 'fps' in extras ? extras.fps : null;
    if (typeof fps === 'number' && fps > 0 && fps <= 1000) return fps;
  }
  return null;
}

function sampleTimes(
  json: JsonPlace,
  { name, channels }: GltfAnimation,
  statedFps: number | null,
  warnings: FormatWarning[],
): SampleTimes {
  const lists = [...new Set(channels.map(({ times }) => times))];
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  let keyCount = 0;
  for (const times of lists) {
    start = Math.min(start, times[0]);
    end = Math.max(end, times[times.length - 1]);
    keyCount += times.length;
  }
  let fps = statedFps;
  if (fps === null) {
    const all = new Float64Array(keyCount);
    let at = 0;
    for (const times of lists) {
      all.set(times, at);
      at += times.length;
    }
    const guess = rateOfKeys(all);
    fps = guess.fps;
    warnings.push({ place: `animation ${name}`, message: guess.reason });
  }
  const frames = (end - start) * fps;
  if (!Number.isFinite(frames)) failAt(member(json, 'animations'), 'have keys at times that are no numbers');
  return { start, fps, frameCount: Math.floor(frames + ROUNDING) + 1 };
}

function unitOf(
  extent: number,
  { root }: GltfSkeleton,
  names: readonly (string | null)[],
  warnings: FormatWarning[],
): number {
  if (!(extent > TALLEST_METRES)) return 1;
  const guess = guessMetresPerUnit(extent);
  if (guess.confidence === 'low') return 1;
  const message = `glTF is in metres, but ${guess.reason}; read so`;
  warnings.push({ place: `node ${names[root] ?? root}`, message });
  return guess.metresPerUnit;
}

function trackId(
  animation: GltfAnimation,
  { root }: GltfSkeleton,
  skeletons: readonly GltfSkeleton[],
  names: readonly (string | null)[],
): string {
  return skeletons.length === 1 ? animation.name : `${names[root] ?? `node ${root}`}|${animation.name}`;
}

function uniqueIds(tracks: readonly RigTrack[]): RigTrack[] {
  const taken = new Set<string>();
  return tracks.map((track) => {
    let { id } = track;
    for (let number = 2; taken.has(id); number++) id = `${track.id} (${number})`;
    taken.add(id);
    return id === track.id ? track : { ...track, id };
  });
}

function producerOf(json: JsonPlace): string {
  const generator = optionalText(member(member(json, 'asset'), 'generator'));
  return generator === null ? 'glTF' : `glTF (${generator.slice(0, 60)})`;
}

function reasonOf(bytes: Uint8Array, { json }: GltfContainer): string {
  const skins = items(member(json, 'skins')).length;
  const animations = items(member(json, 'animations')).length;
  const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
  const content = `${counted(skins, 'skin')} and ${counted(animations, 'animation')}`;
  return `${isGlb(bytes) ? 'binary' : 'text'} glTF 2.0 with ${content}`;
}

function hasOnlyNumbers(values: Float64Array): boolean {
  return values.every(Number.isFinite);
}
