import { FormatError, type FormatWarning } from '../../motion/errors.ts';
import { decodeFbx, isBinaryFbx } from '../../motion/formats/fbx/fbx-decode.ts';
import { isTextFbx, parseFbxText } from '../../motion/formats/fbx/fbx-text.ts';
import { KTIME_PER_SECOND } from '../../motion/formats/fbx/fbx-time.ts';
import type { FbxTree } from '../../motion/formats/fbx/fbx-tree.ts';
import type { ParsedFile, RigTrack } from '../../motion/formats/tracks.ts';
import { posesToClip, toMetres } from './fbx/fbx-clip.ts';
import { restPose, sampleStack } from './fbx/fbx-poses.ts';
import { type FbxSceneTree, type FbxStack, readFbxScene } from './fbx/fbx-scene-tree.ts';
import { rateOfKeys, readFbxSettings } from './fbx/fbx-settings.ts';
import { type FbxJoints, findSkeletons } from './fbx/fbx-skeletons.ts';
import { fbxToThree, type ThreeFbx } from './fbx/fbx-to-three.ts';

/** Arrays that motion needs: all others, meshes above all, stay packed. */
const WANTED = new Set(['KeyTime', 'KeyValueFloat', 'Matrix', 'TransformLink']);
/** Where neither the file nor its keys name a rate. */
const USUAL_FPS = 30;
/** Keys that lie at another rate are not one for each frame. */
const SLOWEST_KEYS = 10;
const FASTEST_KEYS = 480;
/** Frames × joints × 7 numbers of a clip; half a gigabyte. */
const MOST_VALUES = 64_000_000;
/** Keys that follow one another faster than frames by so much lie at another rate. */
const OTHER_RATE = 0.01;
/** Longer than this a text fits into no string. */
const MOST_TEXT_BYTES = 500_000_000;
/** A stop this little before a frame is on it: times are whole numbers of FBX's unit. */
const ROUNDING = 1e-3;

/**
 * Reads the motions of an FBX file, binary or text, versions 7.0 to 7.7: each animation stack on each skeleton,
 * sampled at the file's rate. Metres, Y up; the rest pose is the bind pose. Between keys Euler curves are taken as
 * linear, layers beyond the first are not read, scale is applied and not kept.
 * Throws FormatError, naming `source`, for damaged files, older versions and files without a skeleton.
 */
export function readFbx(bytes: Uint8Array, source: string): ParsedFile {
  const tree = readTree(bytes, source);
  const settings = readFbxSettings(tree);
  const scene = readFbxScene(tree, source);
  const skeletons = findSkeletons(scene);
  if (skeletons.length === 0) {
    throw new FormatError(
      source,
      'Objects',
      `no bones among ${scene.models.length} nodes`,
      'export the skeleton, with its animation',
    );
  }
  const warnings: FormatWarning[] = [...settings.warnings, ...scene.warnings];
  const three = loadThree(scene, source);
  const rests = skeletons.map((joints) =>
    toMetres(restPose(three, joints, scene.bindPose), settings.metresPerUnit, settings.turn),
  );
  const ids = new Set<string>();
  const stacks: FbxStack[] =
    scene.stacks.length > 0 ? [...scene.stacks] : [{ name: 'pose', start: 0, stop: 0, channels: [] }];
  const tracks: RigTrack[] = [];
  let values = 0;
  stacks.forEach((stack, index) => {
    const keyed = rateOfKeys(stack);
    const isPlausible = keyed !== null && keyed >= SLOWEST_KEYS && keyed <= FASTEST_KEYS;
    const fps = settings.fps ?? (isPlausible ? keyed : null);
    if (fps === null) warnings.push(noRate(stack));
    else if (settings.fps === null) warnings.push(rateByKeys(stack, fps));
    else if (keyed !== null && keyed > fps * (1 + OTHER_RATE)) warnings.push(denserKeys(stack, keyed, fps));
    const cut = cutKeys(stack);
    if (cut) warnings.push(cut);
    for (const [which, joints] of skeletons.entries()) {
      // Of several bodies an animation is about those it moves.
      if (skeletons.length > 1 && scene.stacks.length > 0 && !moves(stack, joints)) continue;
      const seconds = frameTimes(stack, fps ?? USUAL_FPS, joints.models.length, source);
      values += seconds.length * joints.models.length * 7;
      if (values > MOST_VALUES) {
        const problem = `the animations up to this one have ${values} values`;
        throw new FormatError(
          source,
          `animation ${stack.name}`,
          problem,
          'export fewer animations, or shorter ones',
        );
      }
      const poses = toMetres(
        sampleStack(three, index, joints, seconds),
        settings.metresPerUnit,
        settings.turn,
      );
      const id = freeId(skeletons.length > 1 ? `${joints.name}|${stack.name}` : stack.name, ids);
      const clip = posesToClip(id, scene.models, joints, rests[which], poses, 1 / (fps ?? USUAL_FPS));
      tracks.push({ kind: 'rig', id, frameCount: clip.frameCount, fps: settings.fps, seen: null, clip });
    }
  });
  if (tracks.length === 0) {
    throw new FormatError(
      source,
      'AnimationStack',
      'no animation moves a skeleton',
      'bake the motion onto the bones',
    );
  }
  const kind = tree.container === 'binary' ? 'binary' : 'text';
  return {
    producer: creatorOf(tree) ?? 'FBX',
    reason: `FBX ${tree.version / 1000} ${kind}, ${count(skeletons.length, 'skeleton')}, ${count(scene.stacks.length, 'animation')}`,
    tracks,
    warnings,
  };
}

/** What three.js cannot follow is told as the file's fault: it stumbles over damage that no check here foresees. */
function loadThree(scene: FbxSceneTree, source: string): ThreeFbx {
  try {
    return fbxToThree(scene);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new FormatError(source, 'Objects', `cannot be followed: ${problem}`, 'export it again');
  }
}

function readTree(bytes: Uint8Array, source: string): FbxTree {
  if (isBinaryFbx(bytes)) return decodeFbx(bytes, source, { wantsArray: (name) => WANTED.has(name) });
  const text = new TextDecoder().decode(bytes.subarray(0, 20_000));
  if (isTextFbx(text)) {
    if (bytes.length > MOST_TEXT_BYTES) {
      throw new FormatError(
        source,
        'file',
        'is a text of more than 500 MB',
        'export it as a binary FBX file',
      );
    }
    return parseFbxText(new TextDecoder().decode(bytes), source);
  }
  throw new FormatError(
    source,
    'header',
    'this is no FBX file: it begins neither as a binary nor as a text one does',
    'export it again as FBX 7.4 binary',
  );
}

function moves(stack: FbxStack, { models }: FbxJoints): boolean {
  const own = new Set(models);
  return stack.channels.some(({ model }) => own.has(model));
}

/** A warning where keys go on after the animation's end. */
function cutKeys({ name, start, stop, channels }: FbxStack): FormatWarning | undefined {
  const unit = Number(KTIME_PER_SECOND);
  let last = stop;
  for (const { curves } of channels) {
    for (const curve of curves) if (curve) last = Math.max(last, curve.times[curve.times.length - 1]);
  }
  if (!(stop > start) || last - stop < unit / 20) return undefined;
  const seconds = (time: number): string => `${(time / unit).toFixed(1)} s`;
  return {
    place: `animation ${name}`,
    message: `ends at ${seconds(stop)} as the file says; its keys up to ${seconds(last)} were left out`,
  };
}

/** Seconds of each frame: from the stack's start to its stop, or over its keys where it says neither. */
function frameTimes(stack: FbxStack, fps: number, jointCount: number, source: string): Float64Array {
  let { start, stop } = stack;
  if (!(stop > start)) {
    start = Number.POSITIVE_INFINITY;
    stop = Number.NEGATIVE_INFINITY;
    for (const { curves } of stack.channels) {
      for (const curve of curves) {
        if (!curve) continue;
        start = Math.min(start, curve.times[0]);
        stop = Math.max(stop, curve.times[curve.times.length - 1]);
      }
    }
    if (start > stop) [start, stop] = [0, 0];
  }
  const unit = Number(KTIME_PER_SECOND);
  const frameCount = Math.floor(((stop - start) / unit) * fps + ROUNDING) + 1;
  if (frameCount * jointCount * 7 > MOST_VALUES) {
    throw new FormatError(
      source,
      `animation ${stack.name}`,
      `claims ${frameCount} frames (${((stop - start) / unit).toFixed(0)} s at ${fps} frames a second) of ${jointCount} joints`,
      'export a shorter range',
    );
  }
  return Float64Array.from({ length: frameCount }, (_, frame) => start / unit + frame / fps);
}

function noRate({ name }: FbxStack): FormatWarning {
  return {
    place: `animation ${name}`,
    message: `neither the file nor its keys say how many frames a second has; ${USUAL_FPS} were taken`,
  };
}

function rateByKeys({ name }: FbxStack, fps: number): FormatWarning {
  return {
    place: `animation ${name}`,
    message: `the file does not say how many frames a second has; taken as ${Number(fps.toFixed(3))}, as its keys lie`,
  };
}

function denserKeys({ name }: FbxStack, keyed: number, fps: number): FormatWarning {
  return {
    place: `animation ${name}`,
    message: `its keys lie at ${Number(keyed.toFixed(3))} frames a second, the file says ${fps}, at which it was read`,
  };
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted || 'animation';
  for (let copy = 2; taken.has(id); copy++) id = `${wanted} (${copy})`;
  taken.add(id);
  return id;
}

function creatorOf(tree: FbxTree): string | undefined {
  const header = tree.nodes.find(({ name }) => name === 'FBXHeaderExtension');
  const creator = [...tree.nodes, ...(header?.children ?? [])].find(({ name }) => name === 'Creator');
  const value = creator?.values[0];
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 80) : undefined;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
