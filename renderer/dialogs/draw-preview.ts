import type { PreviewFrames, Side } from './preview-frames.ts';

export interface PreviewColors {
  readonly left: string;
  readonly right: string;
  readonly middle: string;
  readonly grid: string;
  readonly text: string;
}

export interface PreviewView {
  /** Size of the picture, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Radians about the vertical; 0 looks along -Z. */
  readonly yaw: number;
  readonly colors: PreviewColors;
  /** Ruler, letters and floor: for the large picture of a 3D clip. */
  readonly isLarge: boolean;
  readonly is3d: boolean;
  /** Of letters, CSS pixels. */
  readonly fontPixels: number;
}

/** The camera looks down on the floor by this much, radians. */
const PITCH = 0.2;
/** A person and a little more: the ruler's length, and what the picture shows at least. */
const RULER_METRES = 2;
const MARGIN = 0.12;
/** Floor lines closer together than this are thinned out, pixels. */
const SMALLEST_CELL = 12;
/** Letters would cover a smaller body, pixels. */
const SMALLEST_LETTERED = 60;
const FONT_FAMILY = 'Inter, "Segoe UI", system-ui, sans-serif';

interface Projection {
  /** Pixels per metre. */
  readonly scale: number;
  readonly project: (x: number, y: number, z: number) => readonly [number, number];
}

/** Orthographic picture of one frame, with the floor under it and a ruler of a person's height beside it. */
export function drawPreview(
  context: CanvasRenderingContext2D,
  frames: PreviewFrames,
  frame: number,
  view: PreviewView,
): void {
  context.clearRect(0, 0, view.width, view.height);
  const projection = projectionOf(frames, frame, view);
  if (view.is3d) drawFloor(context, frames, frame, projection, view);
  drawBones(context, frames, frame, projection, view);
  if (!view.isLarge) return;
  if (frames.height * projection.scale > SMALLEST_LETTERED) {
    drawFeet(context, frames, frame, projection, view);
  }
  if (view.is3d) drawRuler(context, frames, projection, view);
}

function projectionOf(frames: PreviewFrames, frame: number, view: PreviewView): Projection {
  const yaw = view.is3d ? view.yaw : 0;
  const pitch = view.is3d ? PITCH : 0;
  const tall = view.is3d ? Math.max(frames.height, RULER_METRES) : frames.height;
  const wide = 2 * Math.max(frames.reach, tall / 4);
  const scale =
    (1 - 2 * MARGIN) * Math.min(view.height / (tall * Math.cos(pitch) || 1), view.width / (wide || 1));
  const centreX = frames.centres[frame * 2];
  const centreZ = frames.centres[frame * 2 + 1];
  const middleY = frames.ground + tall / 2;
  const [cosYaw, sinYaw, cosPitch, sinPitch] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(pitch),
    Math.sin(pitch),
  ];
  return {
    scale,
    project: (x, y, z) => {
      const right = (x - centreX) * cosYaw - (z - centreZ) * sinYaw;
      const near = (x - centreX) * sinYaw + (z - centreZ) * cosYaw;
      const up = (y - middleY) * cosPitch - near * sinPitch;
      return [view.width / 2 + right * scale, view.height / 2 - up * scale];
    },
  };
}

function drawBones(
  context: CanvasRenderingContext2D,
  { positions, bones, sides, jointCount }: PreviewFrames,
  frame: number,
  { project }: Projection,
  { colors, isLarge }: PreviewView,
): void {
  context.lineWidth = isLarge ? 3 : 2;
  context.lineCap = 'round';
  for (const side of ['middle', 'left', 'right'] satisfies Side[]) {
    context.strokeStyle = colors[side];
    context.beginPath();
    for (let bone = 0; bone < bones.length; bone++) {
      if (sides[bone] !== side) continue;
      const [a, b] = bones[bone].map((joint) => (frame * jointCount + joint) * 3);
      if (Number.isNaN(positions[a]) || Number.isNaN(positions[b])) continue;
      context.moveTo(...project(positions[a], positions[a + 1], positions[a + 2]));
      context.lineTo(...project(positions[b], positions[b + 1], positions[b + 2]));
    }
    context.stroke();
  }
}

/** L and R at the ankles, so that the sides are told by more than a colour. */
function drawFeet(
  context: CanvasRenderingContext2D,
  { positions, feet, jointCount }: PreviewFrames,
  frame: number,
  { project }: Projection,
  { colors, fontPixels }: PreviewView,
): void {
  context.font = `${fontPixels}px ${FONT_FAMILY}`;
  context.textAlign = 'center';
  for (const side of ['left', 'right'] as const) {
    const at = (frame * jointCount + feet[side]) * 3;
    if (feet[side] < 0 || Number.isNaN(positions[at])) continue;
    const [x, y] = project(positions[at], positions[at + 1], positions[at + 2]);
    context.fillStyle = colors[side];
    context.fillText(side === 'left' ? 'L' : 'R', x, y + fontPixels + 3);
  }
}

/** Lines on whole metres, or on a power of ten of them where those would be too close or too far apart. */
function drawFloor(
  context: CanvasRenderingContext2D,
  { centres, ground }: PreviewFrames,
  frame: number,
  { scale, project }: Projection,
  { width, height, colors }: PreviewView,
): void {
  const cell = 10 ** Math.max(0, Math.ceil(Math.log10(SMALLEST_CELL / scale)));
  const half = Math.min(12, Math.ceil(Math.hypot(width, height) / 2 / (cell * scale))) * cell;
  const firstX = Math.round(centres[frame * 2] / cell) * cell;
  const firstZ = Math.round(centres[frame * 2 + 1] / cell) * cell;
  context.lineWidth = 1;
  context.strokeStyle = colors.grid;
  context.beginPath();
  for (let offset = -half; offset <= half; offset += cell) {
    context.moveTo(...project(firstX + offset, ground, firstZ - half));
    context.lineTo(...project(firstX + offset, ground, firstZ + half));
    context.moveTo(...project(firstX - half, ground, firstZ + offset));
    context.lineTo(...project(firstX + half, ground, firstZ + offset));
  }
  context.stroke();
}

function drawRuler(
  context: CanvasRenderingContext2D,
  { ground, height }: PreviewFrames,
  { scale }: Projection,
  view: PreviewView,
): void {
  const metre = scale * Math.cos(PITCH);
  const middleY = ground + Math.max(height, RULER_METRES) / 2;
  const foot = view.height / 2 + (middleY - ground) * metre;
  const x = 16;
  context.lineWidth = 1;
  context.strokeStyle = view.colors.text;
  context.fillStyle = view.colors.text;
  context.font = `${view.fontPixels}px ${FONT_FAMILY}`;
  context.textAlign = 'left';
  context.beginPath();
  context.moveTo(x, foot);
  context.lineTo(x, foot - RULER_METRES * metre);
  const hasTicks = metre > 30;
  for (const metres of hasTicks ? [0, 0.5, 1, 1.5, 2] : [0, 2]) {
    const y = foot - metres * metre;
    context.moveTo(x - 3, y);
    context.lineTo(x + 3, y);
    if (hasTicks || metres > 0) context.fillText(`${metres} m`, x + 7, y + 4);
  }
  context.stroke();
}
