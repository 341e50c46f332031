import { expect, test } from 'vitest';
import type { RefineReport } from '../../contract/report.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { type HtmlReportInput, htmlReport } from './html-report.ts';

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=1>&amp;`;

test('every section is there, with its heading, on a page that says its language', () => {
  const page = htmlReport(exampleInput(90));
  for (const heading of [
    'Please note',
    'Before and after',
    'Worst moments',
    'Over time',
    'Low-quality spans',
    'References',
    'What was done',
  ]) {
    expect(page).toContain(`>${heading}</h2>`);
  }
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).toContain('fell back to the CPU');
  for (const figure of ['Jitter', 'Foot slide', 'Range of motion kept'])
    expect(page).toContain(`<dt>${figure}</dt>`);
  expect(page).toContain('wrist-follows-clock');
  expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(3);
});

test('strings from outside show as text, wherever they stand', () => {
  const input = exampleInput(30);
  const report: RefineReport = {
    ...input.report,
    model: HOSTILE,
    modelVersion: HOSTILE,
    device: HOSTILE,
    notices: [HOSTILE],
    parameters: { [HOSTILE]: HOSTILE },
    timingsMs: { [HOSTILE]: 3 },
    library: { path: HOSTILE, entries: 1, version: HOSTILE },
    references: [{ start: 0, end: 9, entry: 1, clip: HOSTILE, distance: 1 }],
  };
  const page = htmlReport({ ...input, report, title: HOSTILE });
  expect(page).not.toMatch(/<script|<img/);
  expect(page).toContain(
    '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&lt;img src=x onerror=1&gt;&amp;amp;',
  );
  // Nothing hostile ended a tag: what is between tags is the same number of elements as without.
  expect(page.match(/<section/g)).toHaveLength(htmlReport(input).match(/<section/g)!.length);
});

test('the page asks nothing of the network and runs nothing', () => {
  const page = htmlReport(exampleInput(60));
  expect(page).not.toMatch(/https?:|\/\/[a-z]|@import|url\((?!#)|<script|<link|\son[a-z]+=/i);
  expect(page).toContain(`default-src 'none'`);
});

test('tags are balanced', () => {
  const open: string[] = [];
  for (const [, slash, name, rest] of htmlReport(exampleInput(90)).matchAll(/<(\/?)([a-z]\w*)([^>]*)>/gi)) {
    if (['meta', 'br'].includes(name) || rest.endsWith('/')) continue;
    if (slash === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test('20 000 frames make a page below 1.5 MB, whatever their quality', () => {
  // No two neighbouring columns have one colour.
  const page = htmlReport(
    exampleInput(20_000, (frame, joint) => ((Math.floor(frame / 33) * 7 + joint) % 32) / 32),
  );
  expect(page.length).toBeGreaterThan(150_000);
  expect(page.length).toBeLessThan(1_500_000);
  expect(page).toContain('each column shows the worst of up to 34 frames');
});

test('one bad frame of a long clip is not averaged away', () => {
  const input = exampleInput(6000, () => 1);
  const badFrame = input.report.pqeJoints.map((row, frame) =>
    frame === 3333 ? row.map((pqe, joint) => (joint === BODY17.leftKnee ? 0 : pqe)) : row,
  );
  const darkest = '#440154';
  const dark = (page: string) => page.split(`fill="${darkest}" d=`).length - 1;
  expect(dark(htmlReport(input))).toBe(0);
  expect(dark(htmlReport({ ...input, report: { ...input.report, pqeJoints: badFrame } }))).toBe(1);
});

test('derived joints are hatched, not coloured', () => {
  const input = exampleInput(60);
  const hatched = (page: string) => page.split('fill="url(#hatch)" y=').length - 1;
  expect(hatched(htmlReport(input))).toBe(1);
  expect(hatched(htmlReport({ ...input, derived: input.derived.map(() => false) }))).toBe(0);
});

test('spans are listed worst first', () => {
  const page = htmlReport(exampleInput(90));
  const table = page.slice(page.indexOf('id="spans"'), page.indexOf('id="references"'));
  // The expected error is 61 mm at frame 55 and 63 mm at frame 12, whatever their PQE.
  expect(table.indexOf('10–14')).toBeGreaterThan(0);
  expect(table.indexOf('10–14')).toBeLessThan(table.indexOf('50–60'));
});

test('a person facing +z is drawn with the left side on the right, as a viewer sees it', () => {
  const page = htmlReport(exampleInput(90));
  const figure = page.slice(page.indexOf('<figure>'), page.indexOf('</figure>'));
  // The only joint beyond the hips is the left wrist, 0.6 m to the person's left, at elbow height.
  const across = [...figure.matchAll(/bone before(?: far)?" d="M([\d.-]+) [\d.-]+L([\d.-]+)/g)].map(
    ([, from, to]) => Number(to) - Number(from),
  );
  expect(Math.max(...across)).toBeGreaterThan(2 * Math.abs(Math.min(...across)));
});

test('a clip without bad spans, references, library or notices, and with unseen joints, still makes a page', () => {
  const input = exampleInput(3);
  const report = { ...input.report, lowQuality: [], references: [], library: null, notices: [] };
  const page = htmlReport({ ...input, report, before: input.before.map(() => Number.NaN) });
  expect(page).not.toMatch(/NaN|undefined|Infinity/);
  expect(page).toContain('No frame fell below the threshold.');
  expect(page).toContain('No clean window was consulted.');
});

test('positions of another length than the report are refused', () => {
  const input = exampleInput(30);
  expect(() => htmlReport({ ...input, after: input.after.subarray(51) })).toThrow(
    'after holds 1479 numbers, but 30 frames need 1530',
  );
});

/** A person standing with the left wrist out, and a report whose two bad spans are at frames 12 and 55. */
function exampleInput(
  frames: number,
  quality = (frame: number, joint: number) => ((frame * 7 + joint * 13) % 32) / 32,
): HtmlReportInput {
  const all = Array.from({ length: frames }, (_, frame) => frame);
  const joints = Array.from({ length: BODY17_COUNT }, (_, joint) => joint);
  const pose = joints.flatMap((joint) => [
    joint === BODY17.leftWrist ? 0.6 : joint === BODY17.leftHip ? 0.1 : joint === BODY17.rightHip ? -0.1 : 0,
    joint === BODY17.leftWrist || joint === BODY17.leftElbow ? 1.1 : 0.1 + joint / 10,
    0,
  ]);
  const positions = Float64Array.from(all.flatMap(() => pose));
  const report: RefineReport = {
    frames,
    fps: 30,
    model: 'posemend',
    modelVersion: '1',
    device: 'cpu',
    pqe: all.map((frame) => (frame === 12 ? 0.3 : frame === 55 ? 0.1 : 0.9)),
    pqeJoints: all.map((frame) => joints.map((joint) => quality(frame, joint))),
    expectedErrorMm: all.map((frame) => 60 + (frame % 9)),
    expectedErrorAfterMm: all.map((frame) => 20 + (frame % 3)),
    lowQuality: [
      { start: 10, end: 14, worst: 12 },
      { start: 50, end: 60, worst: 55 },
    ].filter(({ end }) => end < frames),
    footContacts: [],
    references: all
      .filter((frame) => frame % 4 === 0)
      .map((start) => ({
        start,
        end: start + 63,
        entry: start % 97,
        clip: 'wrist-follows-clock',
        distance: 0.4,
      })),
    timingsMs: { refine: 1234 },
    parameters: { strength: 1 },
    library: { path: 'library.sqlite', entries: 12, version: '3' },
    summary: {
      movedMm: 30,
      accelBeforeMmPerFrame2: 30,
      accelAfterMmPerFrame2: 3,
      boneLengthSpreadBeforeMm: 20,
      boneLengthSpreadAfterMm: 0,
      jitterBeforeMPerS3: 900,
      jitterAfterMPerS3: 40,
      footSlideBeforeMmPerFrame: 6.5,
      footSlideAfterMmPerFrame: 1.5,
      expectedErrorBeforeMm: 25,
      expectedErrorAfterMm: 10,
      rangeOfMotionKeptPercent: 97.5,
    },
    notices: ['fell back to the CPU'],
  };
  return {
    title: 'walk.npy',
    report,
    before: positions,
    after: positions,
    frameTime: 1 / 30,
    derived: joints.map((joint) => joint === BODY17.spine),
  };
}
