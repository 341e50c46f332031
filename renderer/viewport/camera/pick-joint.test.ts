import { expect, test } from 'vitest';
import { pickJoint } from './pick-joint.ts';

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
const PANE = { x: 100, y: 0, width: 200, height: 100 };

test('a joint at the middle of clip space is hit at the middle of the pane', () => {
  expect(pickJoint(Float32Array.of(0, 0, 0), 0, 1, IDENTITY, PANE, 200, 50)).toBe(0);
  expect(pickJoint(Float32Array.of(0, 0, 0), 0, 1, IDENTITY, PANE, 100, 50)).toBe(-1);
});

test('up in space is up on the screen', () => {
  expect(pickJoint(Float32Array.of(0, 1, 0), 0, 1, IDENTITY, PANE, 200, 2)).toBe(0);
});

test('of two joints close together the nearer to the pointer is hit', () => {
  const positions = Float32Array.of(0, 0, 0, 0.1, 0, 0);
  expect(pickJoint(positions, 0, 2, IDENTITY, PANE, 204, 50)).toBe(0);
  expect(pickJoint(positions, 0, 2, IDENTITY, PANE, 207, 50)).toBe(1);
});

test('unseen joints and joints behind the camera are not hit', () => {
  expect(pickJoint(new Float32Array(3).fill(Number.NaN), 0, 1, IDENTITY, PANE, 200, 50)).toBe(-1);
  // Depth is -z here: a joint at z = 1 lies behind.
  const perspective = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, -1, 0, 0, 0, 0];
  expect(pickJoint(Float32Array.of(0, 0, 1), 0, 1, perspective, PANE, 200, 50)).toBe(-1);
  expect(pickJoint(Float32Array.of(0, 0, -1), 0, 1, perspective, PANE, 200, 50)).toBe(0);
});
