import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Playback } from './playback.ts';

/** Pictures happen when the test says so. */
let pending: ((now: number) => void) | null = null;
let now = 0;

beforeEach(() => {
  now = 0;
  pending = null;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => {
    pending = callback;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => {
    pending = null;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** One picture, `ms` after the last. */
function picture(ms: number): void {
  now += ms;
  const callback = pending;
  pending = null;
  callback?.(now);
}

function loaded(frames: number, fps: number): Playback {
  const playback = new Playback();
  playback.load(frames, 1 / fps);
  return playback;
}

test('playing at 30 frames per second shows each frame for two pictures of a 60 Hz screen', () => {
  const playback = loaded(100, 30);
  const shown: number[] = [];
  playback.onFrame((frame) => shown.push(frame));
  playback.play(1);
  for (let n = 0; n < 8; n++) picture(1000 / 60 + 0.001);
  expect(shown).toEqual([1, 2, 3, 4]);
});

test('a slow screen skips frames and keeps time', () => {
  const playback = loaded(1000, 120);
  playback.play(1);
  for (let n = 0; n < 10; n++) picture(100);
  expect(playback.frame).toBe(120);
});

test('playing backwards from the first frame starts at the last', () => {
  const playback = loaded(50, 10);
  playback.play(-1);
  expect(playback.frame).toBe(49);
  picture(250);
  expect(playback.frame).toBe(47);
});

test('the end of the loop leads to its beginning', () => {
  const playback = loaded(100, 10);
  playback.setLoop([20, 24]);
  playback.seek(23);
  playback.play(1);
  picture(100);
  expect(playback.frame).toBe(24);
  picture(100);
  expect(playback.frame).toBe(20);
});

test('seeking stays inside the clip and tells listeners once per new frame', () => {
  const playback = loaded(10, 30);
  const shown: number[] = [];
  playback.onFrame((frame) => shown.push(frame));
  playback.seek(-5);
  playback.seek(99);
  playback.seek(9.2);
  expect(shown).toEqual([9]);
  expect(playback.frame).toBe(9);
});

test('a clip of one frame does not play', () => {
  const playback = loaded(1, 30);
  playback.play(1);
  expect(playback.isPlaying).toBe(false);
});
