import type { FormatWarning } from '../errors.ts';
import { NO_PARENT } from '../skeleton/skeleton.ts';
import type { BvhChannel, BvhEndSite, BvhJoint, BvhOffset } from './bvh-document.ts';
import { uniqueBvhNames } from './bvh-names.ts';
import { type BvhScanner, describeWord, RE_EXPORT } from './bvh-scanner.ts';
import { quoteToken } from './text-bytes.ts';

// Far above any rig (a face rig has a few hundred joints); they stop a damaged file from filling memory.
const MAX_JOINTS = 10_000;
const MAX_DEPTH = 512;
const MAX_CHANNELS_PER_JOINT = 64;
const SHOWN_NAMES = 5;

const SECTION_WORDS = new Set([
  'HIERARCHY',
  'ROOT',
  'JOINT',
  'END',
  'OFFSET',
  'CHANNELS',
  'MOTION',
  '{',
  '}',
  '',
]);

export interface BvhHierarchy {
  readonly joints: readonly BvhJoint[];
  readonly roots: readonly number[];
  readonly channelCount: number;
}

interface OpenJoint {
  readonly name: string;
  readonly parent: number;
  readonly start: number;
  offset: BvhOffset | null;
  channels: readonly BvhChannel[] | null;
  firstChannel: number;
  endSite: BvhEndSite | null;
  hasChild: boolean;
}

/**
 * Reads from HIERARCHY up to the word MOTION or the end of the file, neither of which is consumed.
 * @throws FormatError where the nesting, an OFFSET or a CHANNELS line is broken.
 */
export function readBvhHierarchy(scanner: BvhScanner, warnings: FormatWarning[]): BvhHierarchy {
  const joints: OpenJoint[] = [];
  const roots: number[] = [];
  const open: number[] = [];
  let channelCount = 0;

  readHierarchyWord(scanner, warnings);
  for (;;) {
    const keyword = scanner.peekKeyword();
    if (open.length === 0 && (keyword === 'MOTION' || keyword === '')) break;
    const word = scanner.word();
    const joint = joints[open[open.length - 1]];
    if (joint === undefined) {
      if (keyword === '}') scanner.fail("a '}' closes nothing", RE_EXPORT);
      if (keyword !== 'ROOT') scanner.fail(`expected ROOT or MOTION, found ${describeWord(word)}`, RE_EXPORT);
      roots.push(joints.length);
      openJoint(scanner, joints, open, warnings);
    } else if (keyword === 'JOINT') {
      joint.hasChild = true;
      openJoint(scanner, joints, open, warnings);
    } else if (keyword === 'OFFSET') {
      if (joint.offset !== null) scanner.fail(`${quoteToken(joint.name)} has a second OFFSET`, RE_EXPORT);
      joint.offset = readOffset(scanner, joint.name);
    } else if (keyword === 'CHANNELS') {
      if (joint.channels !== null)
        scanner.fail(`${quoteToken(joint.name)} has a second CHANNELS line`, RE_EXPORT);
      if (joint.hasChild) {
        scanner.fail(
          `CHANNELS of ${quoteToken(joint.name)} stands after its children, so the order of motion values is unclear`,
          'move the line above the first JOINT',
        );
      }
      joint.channels = readChannels(scanner, joint.name, warnings);
      joint.firstChannel = channelCount;
      channelCount += joint.channels.length;
    } else if (keyword === 'END' || keyword === 'ENDSITE') {
      readEndSite(scanner, joint, keyword, warnings);
    } else if (keyword === '}') {
      closeJoint(scanner, joint, channelCount);
      open.pop();
    } else if (keyword === '') {
      scanner.fail(`the file ends inside joint ${quoteToken(joint.name)}`, 'it was cut off: export it again');
    } else {
      scanner.fail(`unexpected ${describeWord(word)} in joint ${quoteToken(joint.name)}`, RE_EXPORT);
    }
  }
  if (roots.length === 0) scanner.fail('the hierarchy has no ROOT', RE_EXPORT);

  warnOfStaticJoints(scanner, joints, warnings);

  const uniqueNames = uniqueBvhNames(joints.map((joint) => joint.name));
  return {
    joints: joints.map((joint, index) => ({
      name: joint.name,
      uniqueName: uniqueNames[index],
      parent: joint.parent,
      offset: joint.offset!,
      channels: joint.channels ?? [],
      firstChannel: joint.firstChannel,
      endSite: joint.endSite,
    })),
    roots,
    channelCount,
  };
}

function readHierarchyWord(scanner: BvhScanner, warnings: FormatWarning[]): void {
  const keyword = scanner.peekKeyword();
  if (keyword === 'HIERARCHY') {
    scanner.word();
  } else if (keyword === 'ROOT') {
    warnings.push({ place: '1', message: 'the word HIERARCHY is missing; read on from ROOT' });
  } else {
    scanner.fail(
      `a BVH file begins with HIERARCHY, this one with ${describeWord(scanner.word())}`,
      'check that the file is BVH',
    );
  }
}

function openJoint(
  scanner: BvhScanner,
  joints: OpenJoint[],
  open: number[],
  warnings: FormatWarning[],
): void {
  const start = scanner.wordStart;
  let name = scanner.restOfLine();
  if (name === '' && !SECTION_WORDS.has(scanner.peekKeyword())) name = scanner.restOfNextLine();
  if (name === '') {
    name = `joint_${joints.length}`;
    warnings.push({ place: String(scanner.line(start)), message: `a joint has no name; called ${name}` });
  }
  scanner.openBrace(`joint ${quoteToken(name)}`);
  if (open.length >= MAX_DEPTH) scanner.fail(`joints are nested deeper than ${MAX_DEPTH}`, RE_EXPORT);
  if (joints.length >= MAX_JOINTS) scanner.fail(`there are more than ${MAX_JOINTS} joints`, RE_EXPORT);
  const parent = open.length === 0 ? NO_PARENT : open[open.length - 1];
  open.push(joints.length);
  joints.push({
    name,
    parent,
    start,
    offset: null,
    channels: null,
    firstChannel: 0,
    endSite: null,
    hasChild: false,
  });
}

function closeJoint(scanner: BvhScanner, joint: OpenJoint, nextChannel: number): void {
  if (joint.offset === null)
    scanner.fail(`joint ${quoteToken(joint.name)} has no OFFSET`, RE_EXPORT, joint.start);
  if (joint.channels === null) joint.firstChannel = nextChannel;
}

function warnOfStaticJoints(
  scanner: BvhScanner,
  joints: readonly OpenJoint[],
  warnings: FormatWarning[],
): void {
  const still = joints.filter((joint) => joint.channels === null);
  if (still.length === 0) return;
  const shown = still.slice(0, SHOWN_NAMES).map((joint) => joint.name);
  const names = still.length > shown.length ? `${shown.join(', ')}, ...` : shown.join(', ');
  const what =
    still.length === 1 ? '1 joint without CHANNELS stays' : `${still.length} joints without CHANNELS stay`;
  warnings.push({ place: String(scanner.line(still[0].start)), message: `${what} at rest: ${names}` });
}

function readOffset(scanner: BvhScanner, owner: string): BvhOffset {
  const what = `OFFSET of ${quoteToken(owner)}`;
  return [scanner.number(what), scanner.number(what), scanner.number(what)];
}

function readChannels(scanner: BvhScanner, owner: string, warnings: FormatWarning[]): BvhChannel[] {
  const count = scanner.number(`the number of CHANNELS of ${quoteToken(owner)}`);
  if (!Number.isInteger(count) || count < 0 || count > MAX_CHANNELS_PER_JOINT) {
    scanner.fail(`joint ${quoteToken(owner)} declares ${count} channels`, RE_EXPORT);
  }
  const channels: BvhChannel[] = [];
  while (channels.length < count) {
    if (SECTION_WORDS.has(scanner.peekKeyword())) {
      scanner.word();
      scanner.fail(
        `joint ${quoteToken(owner)} declares ${count} channels, but names ${channels.length}`,
        RE_EXPORT,
      );
    }
    const channel = parseChannel(scanner.word());
    if (channel.kind === 'unknown') {
      warnings.push({
        place: String(scanner.line()),
        message: `channel ${quoteToken(channel.name)} of ${quoteToken(owner)} is unknown; its values are skipped`,
      });
    } else if (channels.some((other) => other.kind === channel.kind && other.axis === channel.axis)) {
      scanner.fail(`joint ${quoteToken(owner)} names channel ${quoteToken(channel.name)} twice`, RE_EXPORT);
    }
    channels.push(channel);
  }
  return channels;
}

function parseChannel(name: string): BvhChannel {
  const found = /^([xyz])(position|rotation)$/i.exec(name);
  if (found === null) return { name, kind: 'unknown', axis: -1 };
  const kind = found[2].toLowerCase() === 'position' ? 'position' : 'rotation';
  return { name, kind, axis: 'xyz'.indexOf(found[1].toLowerCase()) };
}

function readEndSite(
  scanner: BvhScanner,
  joint: OpenJoint,
  keyword: string,
  warnings: FormatWarning[],
): void {
  const start = scanner.wordStart;
  if (keyword === 'END' && scanner.peekKeyword() === 'SITE') scanner.word();
  const name = scanner.restOfLine();
  const owner = `the End Site of ${quoteToken(joint.name)}`;
  scanner.openBrace(owner);
  let offset: BvhOffset | null = null;
  for (let word = scanner.word(); word !== '}'; word = scanner.word()) {
    const inner = word.toUpperCase();
    if (inner === 'OFFSET' && offset === null) offset = readOffset(scanner, `${joint.name}.end`);
    else if (inner === 'CHANNELS' && scanner.peekKeyword() === '0') scanner.word();
    else scanner.fail(`unexpected ${describeWord(word)} in ${owner}`, RE_EXPORT);
  }
  if (offset === null) scanner.fail(`${owner} has no OFFSET`, RE_EXPORT, start);
  if (joint.endSite === null) joint.endSite = { name: name === '' ? null : name, offset };
  else
    warnings.push({
      place: String(scanner.line(start)),
      message: `${owner} is given twice; the first is used`,
    });
}
