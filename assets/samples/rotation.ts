/** Value-style rotations and vectors for building a pose by hand. Quaternions xyzw, radians, Y up. */
import { multiplyQuat, quatFromMatrix3, rotateVec3, slerpQuat } from '../../motion/math/quat.ts';

export type Vec3 = readonly [number, number, number];
export type Quat = readonly [number, number, number, number];

const NO_ROTATION: Quat = [0, 0, 0, 1];
const scratch = new Float64Array(4);

export const aboutX = (angle: number): Quat => [Math.sin(angle / 2), 0, 0, Math.cos(angle / 2)];
export const aboutY = (angle: number): Quat => [0, Math.sin(angle / 2), 0, Math.cos(angle / 2)];
export const aboutZ = (angle: number): Quat => [0, 0, Math.sin(angle / 2), Math.cos(angle / 2)];

/** Product of any number of rotations; the last one acts first. */
export function compose(...rotations: readonly Quat[]): Quat {
  return rotations.reduce((a, b) => {
    multiplyQuat(scratch, 0, a, 0, b, 0);
    return quat();
  });
}

export const inverse = ([x, y, z, w]: Quat): Quat => [-x, -y, -z, w];

export function rotate(rotation: Quat, vector: Vec3): Vec3 {
  rotateVec3(scratch, 0, rotation, 0, vector, 0);
  return [scratch[0], scratch[1], scratch[2]];
}

/** The rotation about the same axis by a share of the angle, the short way round. */
export function fractionOf(rotation: Quat, share: number): Quat {
  slerpQuat(scratch, 0, NO_ROTATION, 0, rotation, 0, share);
  return quat();
}

/** The rotation that carries the coordinate axes onto three orthonormal vectors with x cross y = z. */
export function fromAxes(x: Vec3, y: Vec3, z: Vec3): Quat {
  quatFromMatrix3(scratch, 0, [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]], 0);
  return quat();
}

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, by: number): Vec3 => [a[0] * by, a[1] * by, a[2] * by];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const normalise = (a: Vec3): Vec3 => scale(a, 1 / Math.hypot(...a));

const quat = (): Quat => [scratch[0], scratch[1], scratch[2], scratch[3]];
