/** The direction in a file's own axes that points up. */
export type UpAxis = '+x' | '-x' | '+y' | '-y' | '+z' | '-z';

/** An up axis as a user says it: `y` is `+y`. */
export type UpName = 'x' | '-x' | 'y' | '-y' | 'z' | '-z';

export function upAxisNamed(name: UpName): UpAxis {
  return name.startsWith('-') ? (name as UpAxis) : (`+${name}` as UpAxis);
}

export function nameOfUpAxis(axis: UpAxis): UpName {
  return axis.replace('+', '') as UpName;
}

/** A rotation of the axes by quarter turns: component n of the result is sign[n] · component source[n]. */
export interface AxisTurn {
  readonly source: readonly [number, number, number];
  readonly sign: readonly [number, number, number];
}

/**
 * Rotations, not mirrorings, that bring each up axis to +Y. Each turns about one axis of the file: Z-up about X
 * (as Blender's Y-up exporters do), X-up about Z, and the Y-down of camera coordinates by half a turn about X.
 */
const TO_Y_UP: Readonly<Record<UpAxis, AxisTurn>> = {
  '+x': { source: [1, 0, 2], sign: [-1, 1, 1] },
  '-x': { source: [1, 0, 2], sign: [1, -1, 1] },
  '+y': { source: [0, 1, 2], sign: [1, 1, 1] },
  '-y': { source: [0, 1, 2], sign: [1, -1, -1] },
  '+z': { source: [0, 2, 1], sign: [1, 1, -1] },
  '-z': { source: [0, 2, 1], sign: [1, -1, 1] },
};

/** The turn from a file's axes to Y up. It moves numbers and flips signs only, so it is undone exactly. */
export function turnToYUp(up: UpAxis): AxisTurn {
  return TO_Y_UP[up];
}

/** The first turn, then the second, as one. */
export function chainTurns(first: AxisTurn, second: AxisTurn): AxisTurn {
  const [x, y, z] = second.source;
  return {
    source: [first.source[x], first.source[y], first.source[z]],
    sign: [second.sign[0] * first.sign[x], second.sign[1] * first.sign[y], second.sign[2] * first.sign[z]],
  };
}

/** The turn back. */
export function invertTurn(turn: AxisTurn): AxisTurn {
  const source: [number, number, number] = [0, 0, 0];
  const sign: [number, number, number] = [1, 1, 1];
  for (let axis = 0; axis < 3; axis++) {
    source[turn.source[axis]] = axis;
    sign[turn.source[axis]] = turn.sign[axis];
  }
  return { source, sign };
}

/** Turns the vector at `offset` in place: a point, an offset, or the vector part of a quaternion. */
export function applyTurn(values: Float64Array, offset: number, turn: AxisTurn): void {
  const { source, sign } = turn;
  const x = sign[0] * values[offset + source[0]];
  const y = sign[1] * values[offset + source[1]];
  const z = sign[2] * values[offset + source[2]];
  values[offset] = x;
  values[offset + 1] = y;
  values[offset + 2] = z;
}

/** `[-] x | y | z` of a component and a sign. */
export function upAxisOf(axis: number, isPositive: boolean): UpAxis {
  return `${isPositive ? '+' : '-'}${'xyz'[axis]}` as UpAxis;
}
