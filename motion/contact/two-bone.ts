import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import type { FOOT_JOINTS } from './foot-contacts.ts';

type LegJoints = (typeof FOOT_JOINTS)[keyof typeof FOOT_JOINTS];

/** A leg is not stretched beyond this share of its length: the last of it swings the knee most. */
const STRAIGHT_SHARE = 0.9995;
/** A knee nearer than this to the line from hip to ankle says nothing of where it bends, metres. */
const LEAST_BEND = 1e-3;

/**
 * How far from the hip the ankle can be put: short of straight and of folded, and as far as it was at least. Metres.
 */
export function legReach(
  thigh: number,
  shin: number,
  present: number,
): readonly [least: number, most: number] {
  const least = Math.abs(thigh - shin) / STRAIGHT_SHARE;
  return [Math.min(least, present), Math.max(STRAIGHT_SHARE * (thigh + shin), present)];
}

/**
 * Moves hip and ankle of one leg by the given shifts and puts the knee where thigh and shin keep the lengths they
 * have in `source`: the plane of the leg turns by the least rotation, and the knee bends to the side it bends to in
 * `source`. An ankle out of reach comes as near to its goal as the leg allows. Positions are metres, `frame` of
 * [frame][17][xyz]; only the three joints are written.
 */
export function moveLeg(
  out: Float64Array,
  source: Float64Array,
  frame: number,
  leg: LegJoints,
  hipShift: readonly number[],
  ankleShift: readonly number[],
): void {
  const first = frame * BODY17_COUNT * 3;
  const hip = read(source, first + leg.hip * 3);
  const knee = read(source, first + leg.knee * 3);
  const ankle = read(source, first + leg.ankle * 3);
  const thighLine = minus(knee, hip);
  const legLine = minus(ankle, hip);
  const thigh = Math.hypot(...thighLine);
  const shin = Math.hypot(...minus(ankle, knee));
  const present = Math.hypot(...legLine);
  const newHip = plus(hip, hipShift);
  const goal = minus(plus(ankle, ankleShift), newHip);
  const distance = Math.hypot(...goal);
  if (!(thigh > 0 && shin > 0 && present > 0 && distance > 0)) return;

  const [least, most] = legReach(thigh, shin, present);
  const length = Math.min(most, Math.max(least, distance));
  const along = scaled(goal, 1 / distance);
  const bend = bendDirection(source, first, thighLine, scaled(legLine, 1 / present), along);
  // Law of cosines: where the knee's foot on the line from hip to ankle is.
  const foot = (thigh * thigh - shin * shin + length * length) / (2 * length);
  const height = Math.sqrt(Math.max(0, thigh * thigh - foot * foot));
  write(out, first + leg.hip * 3, newHip);
  write(out, first + leg.ankle * 3, plus(newHip, scaled(along, length)));
  write(out, first + leg.knee * 3, plus(newHip, plus(scaled(along, foot), scaled(bend, height))));
}

/** Unit vector at right angles to `to`: the side the knee bends to, carried along as the leg turns `from` -> `to`. */
function bendDirection(
  source: Float64Array,
  first: number,
  thighLine: readonly number[],
  from: readonly number[],
  to: readonly number[],
): readonly number[] {
  const own = across(thighLine, from);
  const isStraight = Math.hypot(...own) < LEAST_BEND;
  const side = isStraight ? forwardOf(source, first) : turnedAlong(own, from, to);
  const bend = across(side, to);
  const size = Math.hypot(...bend);
  if (size > 0) return scaled(bend, 1 / size);
  // The leg lies along the body's forward: any side does.
  const any = across(Math.abs(to[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0], to);
  return scaled(any, 1 / Math.hypot(...any));
}

/** Where the hips face. */
function forwardOf(source: Float64Array, first: number): readonly number[] {
  const right = read(source, first + BODY17.rightHip * 3);
  const left = read(source, first + BODY17.leftHip * 3);
  return cross(minus(left, right), [0, 1, 0]);
}

/** Rodrigues' formula for the least rotation that takes `from` to `to`, both unit vectors. */
function turnedAlong(
  vector: readonly number[],
  from: readonly number[],
  to: readonly number[],
): readonly number[] {
  const axis = cross(from, to);
  const cosine = dot(from, to);
  if (cosine < -0.9999) return vector;
  const once = cross(axis, vector);
  const twice = cross(axis, once);
  return plus(plus(vector, once), scaled(twice, 1 / (1 + cosine)));
}

/** The part of a vector at right angles to a unit vector. */
function across(vector: readonly number[], unit: readonly number[]): readonly number[] {
  return minus(vector, scaled(unit, dot(vector, unit)));
}

function read(positions: Float64Array, at: number): readonly number[] {
  return [positions[at], positions[at + 1], positions[at + 2]];
}

function write(out: Float64Array, at: number, [x, y, z]: readonly number[]): void {
  out[at] = x;
  out[at + 1] = y;
  out[at + 2] = z;
}

function plus(a: readonly number[], b: readonly number[]): readonly number[] {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function minus(a: readonly number[], b: readonly number[]): readonly number[] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function scaled(a: readonly number[], factor: number): readonly number[] {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: readonly number[], b: readonly number[]): readonly number[] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
