import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { uniqueBvhNames } from './bvh-names.ts';
import { type BvhReadOptions, readBvh } from './bvh-read.ts';

const HIERARCHY = `HIERARCHY
ROOT Hips
{
\tOFFSET 0 90 0
\tCHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
\tJOINT Head
\t{
\t\tOFFSET 0 60 0
\t\tCHANNELS 3 Zrotation Xrotation Yrotation
\t\tEnd Site
\t\t{
\t\t\tOFFSET 0 20 0
\t\t}
\t}
}
`;
const ROW = '1 2 3 4 5 6 7 8 9';
const CLIP = `${HIERARCHY}MOTION\nFrames: 2\nFrame Time: 0.0333333\n${ROW}\n${ROW}\n`;

function read(text: string, options?: BvhReadOptions) {
  return readBvh(new TextEncoder().encode(text), 'walk.bvh', options);
}

function failure(text: string, options?: BvhReadOptions): string {
  try {
    read(text, options);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  throw new Error('no error');
}

function messages(text: string, options?: BvhReadOptions): string {
  return read(text, options)
    .warnings.map(({ place, message }) => `${place}: ${message}`)
    .join('\n');
}

test('a plain file is read as it stands', () => {
  const document = read(CLIP);
  expect(
    document.joints.map((joint) => [joint.name, joint.parent, joint.offset, joint.firstChannel]),
  ).toEqual([
    ['Hips', -1, [0, 90, 0], 0],
    ['Head', 0, [0, 60, 0], 6],
  ]);
  expect(document.joints[1].endSite).toEqual({ name: null, offset: [0, 20, 0] });
  expect(document.joints[1].channels.map(({ kind, axis }) => [kind, axis])).toEqual([
    ['rotation', 2],
    ['rotation', 0],
    ['rotation', 1],
  ]);
  expect(document).toMatchObject({
    frameCount: 2,
    frameTime: 0.0333333,
    channelCount: 9,
    lineEnding: '\n',
    warnings: [],
  });
  expect([...document.motion]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(document.header.text).toBe(CLIP.slice(0, CLIP.indexOf(ROW)));
});

test.each([
  ['CR LF', CLIP.replaceAll('\n', '\r\n'), '\r\n'],
  ['lone CR', CLIP.replaceAll('\n', '\r'), '\r'],
  ['trailing blanks and tabs', CLIP.replaceAll('\n', ' \t \n'), '\n'],
  ['blank lines', CLIP.replaceAll('\n', '\n\n'), '\n'],
  ['a byte order mark', `\ufeff${CLIP}`, '\n'],
  ['lower case', CLIP.toLowerCase(), '\n'],
  ['upper case', CLIP.toUpperCase(), '\n'],
  ['tabs between values', CLIP.replaceAll(ROW, ROW.replaceAll(' ', '\t')), '\n'],
  ['Frames :', CLIP.replace('Frames:', 'Frames :').replace('Frame Time:', 'Frame  Time :'), '\n'],
  ['no blank after the colon', CLIP.replace('Frames: ', 'Frames:').replace('Time: ', 'Time:'), '\n'],
  ['braces on the name line', CLIP.replaceAll('\n\t{', ' {').replaceAll('\n{', '{'), '\n'],
  ['a frame wrapped over lines', CLIP.replaceAll(' 5 ', ' 5\n'), '\n'],
  ['all frames on one line', CLIP.replace(`${ROW}\n${ROW}`, `${ROW} ${ROW}`), '\n'],
  ['an end site with a name', CLIP.replace('End Site', 'End Site crown'), '\n'],
  ['control-Z at the end', `${CLIP}\x1a`, '\n'],
  ['no line break at the end', CLIP.trimEnd(), '\n'],
  ['one line for everything', CLIP.replaceAll('\n', ' ').replace('ROOT', '\nROOT'), '\n'],
])('%s changes nothing in the motion', (_, text, lineEnding) => {
  const document = read(text);
  expect([...document.motion]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(document.joints.map((joint) => joint.name.toLowerCase())).toEqual(['hips', 'head']);
  expect(document.frameTime).toBe(0.0333333);
  expect(document.lineEnding).toBe(lineEnding);
  expect(document.warnings).toEqual([]);
});

test('names keep blanks as found, and unique names join them and number repeats', () => {
  const text = CLIP.replace('ROOT Hips', 'ROOT  Left  Hip ').replace('JOINT Head', 'JOINT Left Hip');
  expect(read(text).joints.map(({ name, uniqueName }) => [name, uniqueName])).toEqual([
    ['Left  Hip', 'Left_Hip'],
    ['Left Hip', 'Left_Hip.001'],
  ]);
});

test('a repeat never takes a name that another joint has in the file', () => {
  expect(uniqueBvhNames(['a', 'a', 'a.001', 'a', 'a.001'])).toEqual([
    'a',
    'a.002',
    'a.001',
    'a.003',
    'a.001.001',
  ]);
});

test('names are UTF-8, or Latin-1 where they are no UTF-8', () => {
  expect(read(CLIP.replace('Head', 'Tête')).joints[1].name).toBe('Tête');
  const latin1 = Uint8Array.from(CLIP.replace('Head', 'Tête'), (character) => character.charCodeAt(0));
  expect(readBvh(latin1, 'walk.bvh').joints[1].name).toBe('Tête');
});

test.each([
  ['no channels', '0', 0],
  ['one channel', '1 Yrotation', 1],
  ['two channels', '2 Yrotation Xrotation', 2],
  ['rotation before position', '6 Yrotation Xrotation Zrotation Zposition Yposition Xposition', 6],
])('a joint may have %s', (_, channels, count) => {
  const row = Array(6 + count)
    .fill('1')
    .join(' ');
  const text = CLIP.replace('3 Zrotation Xrotation Yrotation\n\t\tEnd', `${channels}\n\t\tEnd`).replaceAll(
    ROW,
    row,
  );
  expect(read(text)).toMatchObject({ frameCount: 2, channelCount: 6 + count, warnings: [] });
});

test('a leaf needs no End Site and a joint no CHANNELS', () => {
  const text = CLIP.replace(/\t\tCHANNELS 3.*\n/, '')
    .replace(/\t\tEnd Site[^}]*}\n/, '')
    .replaceAll(ROW, '1 2 3 4 5 6');
  expect(read(text).joints[1]).toMatchObject({ channels: [], endSite: null });
  expect(messages(text)).toMatch(/6: 1 joint without CHANNELS stays at rest: Head/);
});

test('an unknown channel is counted and skipped with a warning', () => {
  const text = CLIP.replace('Xposition', 'ZPos');
  expect(read(text).joints[0].channels[0]).toEqual({ name: 'ZPos', kind: 'unknown', axis: -1 });
  expect(read(text).motion[9]).toBe(1);
  expect(messages(text)).toMatch(/5: channel 'ZPos' of 'Hips' is unknown/);
});

test('of several roots the first is read, or the one asked for by name or number', () => {
  const other = HIERARCHY.replace('HIERARCHY\n', '').replace('Hips', 'Prop').replace('Head', 'Tip');
  const text = CLIP.replace('MOTION', `${other}MOTION`).replaceAll(ROW, `${ROW} ${ROW}`);
  expect(read(text)).toMatchObject({ roots: [0, 2], root: 0, channelCount: 18, frameCount: 2 });
  expect(read(text, { root: 'Prop' }).root).toBe(2);
  expect(read(text, { root: 1 }).root).toBe(2);
  expect(messages(text)).toMatch(/the file has 2 roots: Hips, Prop/);
  expect(failure(text, { root: 'Camera' })).toMatch(/there is no root 'Camera'; the roots are Hips, Prop/);
});

test('the real number of frames wins over Frames:, both ways, and a huge claim takes no memory', () => {
  for (const claim of ['1', '3', '400000000', '99999999999999999999']) {
    const text = CLIP.replace('Frames: 2', `Frames: ${claim}`);
    expect(read(text).frameCount).toBe(2);
    expect(messages(text)).toMatch(/^17: the file claims \d+ frames and has 2/);
  }
  for (const line of ['', 'Frames:\n', 'Frames: many\n', 'Frames: -2\n', 'Frames: 2.5\n']) {
    const text = CLIP.replace('Frames: 2\n', line);
    expect(read(text).frameCount).toBe(2);
    expect(messages(text)).toMatch(/Frames: is missing or no whole number/);
  }
});

test('a short last frame is left out with a warning', () => {
  const text = `${CLIP}1 2 3\n`.replace('Frames: 2', 'Frames: 3');
  expect(read(text).frameCount).toBe(2);
  expect(messages(text)).toMatch(/the last frame has 3 of 9 values; it is left out/);
});

test('a line with a value missing or too many between whole lines is an error, not a shift of all later values', () => {
  const rows = (middle: string) => CLIP.replace(`${ROW}\n${ROW}`, [ROW, ROW, middle, ROW, ROW].join('\n'));
  expect(failure(rows('1 2 3 4 5 6 7 8'))).toBe(
    'walk.bvh:21: frame 2 has 8 channel values, but the hierarchy declares 9; repair or delete the line',
  );
  expect(failure(rows('1 2 3 4 5 6 7 8 9 10'))).toMatch(/^walk.bvh:21: frame 2 has 10 channel values/);
  expect(read(rows('1 2 3\n4 5 6 7 8 9')).frameCount).toBe(5);
});

test('Frame Time may have a decimal comma or an exponent', () => {
  expect(read(CLIP.replace('0.0333333', '0,0333333')).frameTime).toBe(0.0333333);
  expect(messages(CLIP.replace('0.0333333', '0,0333333'))).toMatch(/^18: read '0,0333333' as 0.0333333/);
  expect(read(CLIP.replace('0.0333333', '8.3333e-3')).frameTime).toBe(0.0083333);
});

test('without a usable Frame Time the frame rate must be given', () => {
  for (const line of ['', 'Frame Time:\n', 'Frame Time: 0\n', 'Frame Time: -1\n', 'Frame Time: nan\n']) {
    const text = CLIP.replace('Frame Time: 0.0333333\n', line);
    expect(failure(text)).toMatch(/^walk.bvh:\d+: Frame Time is .*; give the frame rate \(--fps\)$/);
    expect(read(text, { frameTime: 0.04 })).toMatchObject({ frameTime: 0.04, frameCount: 2 });
  }
  expect(messages(CLIP, { frameTime: 0.04 })).toMatch(/Frame Time is 0.0333333 s; read with 0.04 s as asked/);
  expect(messages(CLIP.replace('0.0333333', '30'))).toMatch(/if that is a frame rate/);
});

test('exponents and denormals are numbers; nan, inf, overflow and words are errors with line and channel', () => {
  const text = CLIP.replace(ROW, '1e2 -2.5E-3 4.9e-324 4 5 6 7 8 9');
  expect([...read(text).motion.slice(0, 3)]).toEqual([100, -0.0025, 4.9e-324]);
  for (const word of ['nan', 'NaN', 'inf', '-Infinity', '1e999', '-1.#IND', 'abc', '}']) {
    expect(failure(CLIP.replace(`${ROW}\n${ROW}`, `${ROW}\n1 2 3 4 5 6 7 ${word} 9`))).toBe(
      `walk.bvh:20: frame 1, Head Xrotation: '${word}' is not a finite number; repair the value or export the clip again`,
    );
  }
});

test('motion values may use decimal commas', () => {
  expect(read(CLIP.replaceAll('4', '4,5')).motion[3]).toBe(4.5);
  expect(messages(CLIP.replaceAll('4', '4,5'))).toMatch(/motion values use a decimal comma/);
});

test('a hierarchy without MOTION is a skeleton without frames, and so is a clip of zero frames', () => {
  expect(read(HIERARCHY)).toMatchObject({ frameCount: 0, frameTime: 0 });
  expect(messages(HIERARCHY)).toMatch(/there is no MOTION section/);
  expect(read(`${HIERARCHY}MOTION\nFrames: 0\nFrame Time: 0.01\n`)).toMatchObject({
    frameCount: 0,
    warnings: [],
  });
});

test.each([
  ['an empty file', '', 'walk.bvh:1: the file is empty; export the clip again'],
  ['only blanks', ' \n\n', 'walk.bvh:1: the file is empty; export the clip again'],
  ['binary bytes', 'Kaydara FBX Binary\0\x1a', 'walk.bvh:1: the file is binary, BVH is text'],
  ['another text', 'solid cube', "walk.bvh:1: a BVH file begins with HIERARCHY, this one with 'solid'"],
  ['a truncated hierarchy', CLIP.slice(0, CLIP.indexOf('60')), "walk.bvh:8: OFFSET of 'Head' is missing"],
  [
    'a hierarchy cut at a line',
    CLIP.slice(0, CLIP.indexOf('End')),
    "walk.bvh:10: the file ends inside joint 'Head'",
  ],
  ['a brace too many', CLIP.replace('}\nMOTION', '}\n}\nMOTION'), "walk.bvh:16: a '}' closes nothing"],
  [
    'a brace too few',
    CLIP.replace('}\nMOTION', 'MOTION'),
    "walk.bvh:15: unexpected 'MOTION' in joint 'Hips'",
  ],
  ['no root', 'HIERARCHY\nMOTION\nFrames: 0\n', 'walk.bvh:2: the hierarchy has no ROOT'],
  [
    'a word for an offset',
    CLIP.replace('0 60 0', '0 up 0'),
    "walk.bvh:8: OFFSET of 'Head' is 'up', not a finite number",
  ],
  ['a missing offset value', CLIP.replace('0 60 0', '0 60'), "walk.bvh:9: OFFSET of 'Head' is 'CHANNELS'"],
  ['a nan offset', CLIP.replace('0 60 0', '0 nan 0'), "walk.bvh:8: OFFSET of 'Head' is 'nan'"],
  ['no offset', CLIP.replace('\t\tOFFSET 0 60 0\n', ''), "walk.bvh:6: joint 'Head' has no OFFSET"],
  [
    'fewer channel names than declared',
    CLIP.replace('6 X', '7 X'),
    "walk.bvh:6: joint 'Hips' declares 7 channels, but names 6",
  ],
  [
    'a channel twice',
    CLIP.replace('Yposition', 'Xposition'),
    "walk.bvh:5: joint 'Hips' names channel 'Xposition' twice",
  ],
  [
    'no braces',
    CLIP.replaceAll(/[{}]/g, ''),
    "walk.bvh:4: joint 'Hips' is followed by 'OFFSET', expected '{'",
  ],
  ['UTF-16', '\u00ff\u00feH', 'walk.bvh:1: the text is UTF-16'],
])('%s is refused with its line', (_, text, start) => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  expect(() => readBvh(bytes, 'walk.bvh')).toThrow(FormatError);
  expect(() => readBvh(bytes, 'walk.bvh')).toThrow(start);
});

test('nesting and joint count are bounded', () => {
  const nested = (depth: number) =>
    `HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n${'JOINT b\n{\nOFFSET 0 0 0\n'.repeat(depth - 1)}${'}\n'.repeat(depth)}`;
  expect(read(nested(512)).joints).toHaveLength(512);
  expect(failure(nested(513))).toMatch(/joints are nested deeper than 512/);
  const wide = (count: number) =>
    `HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\n${'JOINT b\n{\nOFFSET 0 0 0\n}\n'.repeat(count - 1)}}\n`;
  expect(new Set(read(wide(10_000)).joints.map((joint) => joint.uniqueName)).size).toBe(10_000);
  expect(failure(wide(10_001))).toMatch(/there are more than 10000 joints/);
});
