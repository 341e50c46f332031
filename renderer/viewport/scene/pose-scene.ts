import { DirectionalLight, Group, HemisphereLight, Vector3 } from 'three';
import { BODY17_COUNT } from '../../../motion/skeleton/body17.ts';
import type { ReferenceOverlay } from '../../state/reference-overlay.ts';
import { smoothRootPath } from '../camera/root-path.ts';
import { comparedJoints } from '../figures/compared-joints.ts';
import { nearestBody17 } from '../figures/nearest-body17.ts';
import { nearestWindowFrame } from '../figures/nearest-window-frame.ts';
import { flatBones, proportionsOf } from '../figures/proportions.ts';
import {
  BODY17_DRAWING,
  type ClipContent,
  floorHeight,
  type JointTrack,
  rootTrackOf,
  trackOf,
} from './clip-content.ts';
import { DifferenceArrows } from './difference-arrows.ts';
import { FloorGrid } from './floor-grid.ts';
import { GhostFigures } from './ghost-figures.ts';
import { JointMarker } from './joint-marker.ts';
import { LAYER_A, LAYER_B, LAYER_SHARED } from './layers.ts';
import type { Palette } from './palette.ts';
import { type PartsShown, type PartsWanted, partsShown } from './shown-parts.ts';
import { SkeletonFigure } from './skeleton-figure.ts';

/** What the user wants to see of the content. */
export interface SceneOptions extends Omit<PartsWanted, 'hasB'> {
  readonly showReference: boolean;
  readonly showGrid: boolean;
  readonly tintByQuality: boolean;
  readonly followRoot: boolean;
  /** Differences are drawn this many times as long. */
  readonly differenceFactor: number;
  /** Body-17 joint; null for none. */
  readonly selectedJoint: number | null;
}

const SLIM = 0.66;
/** Of the figure's size. */
const ARROW_RADIUS = 0.009;
const MARKER_RADIUS = 0.024;

/**
 * Everything drawn, and the buffers behind it. Content, options and colours change now and then; `write` is called
 * for every picture and allocates nothing.
 */
export class PoseScene {
  readonly root = new Group();
  /** Where the world's origin is put off to, metres: a following camera stands still and the world moves. */
  readonly anchor = new Vector3();
  /** Metres. */
  floor = 0;
  readonly #world = new Group();
  readonly #grid = new FloorGrid();
  readonly #figureA = new SkeletonFigure(LAYER_A);
  readonly #figureB = new SkeletonFigure(LAYER_B);
  readonly #reference = new SkeletonFigure(LAYER_SHARED);
  readonly #ghostsA = new GhostFigures(LAYER_A);
  readonly #ghostsB = new GhostFigures(LAYER_B);
  readonly #arrows = new DifferenceArrows();
  readonly #markerA = new JointMarker(LAYER_A);
  readonly #markerB = new JointMarker(LAYER_B);
  #content: ClipContent | null = null;
  #options: SceneOptions | null = null;
  #overlay: ReferenceOverlay | null = null;
  #palette: Palette | null = null;
  #parts: PartsShown = partsShown(NOTHING);
  #size = 1.7;
  #qualitySource: Int8Array = new Int8Array(0);
  #root: JointTrack | null = null;
  #rootPath: Float32Array | null = null;
  #trackA: JointTrack | null = null;
  #trackB: JointTrack | null = null;

  constructor() {
    const sun = new DirectionalLight(0xffffff, 1.7);
    sun.position.set(2, 5, 4);
    this.#world.add(
      this.#grid.group,
      this.#figureA.group,
      this.#figureB.group,
      this.#reference.group,
      this.#ghostsA.group,
      this.#ghostsB.group,
      this.#arrows.group,
      this.#markerA.mesh,
      this.#markerB.mesh,
    );
    this.root.add(new HemisphereLight(0xffffff, 0x9a9aa2, 2.2), sun, this.#world);
  }

  get parts(): PartsShown {
    return this.#parts;
  }

  /** The camera's path while it follows, [frame][xyz]; null while it does not. */
  get followedPath(): Float32Array | null {
    return this.#options?.followRoot === true ? this.#rootPath : null;
  }

  /** Metres. */
  get size(): number {
    return this.#size;
  }

  setContent(content: ClipContent | null): void {
    const before = this.#content;
    this.#content = content;
    const a = content?.a;
    if (content === null || a === undefined) {
      for (const part of [this.#figureA, this.#figureB, this.#ghostsA, this.#ghostsB]) part.setShape(null);
      this.#arrows.setJoints([], 0);
      this.#root = null;
      this.#rootPath = null;
    } else if (before?.info !== content.info || before.a !== a) {
      const { drawing } = content.info;
      const { size, boneRadii, jointRadii } = proportionsOf(drawing, a.positions);
      const shape = { bones: flatBones(drawing), boneRadii, jointRadii };
      for (const part of [this.#figureA, this.#figureB, this.#ghostsA, this.#ghostsB]) part.setShape(shape);
      this.#size = size;
      this.#arrows.setJoints(comparedJoints(drawing), size * ARROW_RADIUS);
      this.#qualitySource = nearestBody17(drawing);
      this.#root = rootTrackOf(drawing, a);
      this.#rootPath = null;
      this.floor = floorHeight(a.positions, drawing.names.length);
    }
    this.#applyPalette();
    this.#applyOptions();
  }

  setOptions(options: SceneOptions): void {
    this.#options = options;
    this.#applyOptions();
  }

  setReference(overlay: ReferenceOverlay | null): void {
    this.#overlay = overlay;
    if (overlay === null) this.#reference.setShape(null);
    else {
      const { boneRadii, jointRadii } = proportionsOf(BODY17_DRAWING, overlay.poses);
      this.#reference.setShape({ bones: flatBones(BODY17_DRAWING), boneRadii, jointRadii });
    }
    this.#applyPalette();
    this.#applyOptions();
  }

  setPalette(palette: Palette): void {
    this.#palette = palette;
    this.#applyPalette();
  }

  /** Draws one frame into the buffers. `azimuth` is the camera's, radians. */
  write(frame: number, azimuth: number): void {
    const content = this.#content;
    const options = this.#options;
    if (content === null || options === null || content.a === undefined) return;
    const { a, b, info, quality } = content;
    this.#follow(frame);
    if (this.#grid.group.visible) this.#placeGrid(frame, azimuth);
    const parts = this.#parts;
    if (parts.a) this.#figureA.write(a.positions, frame, parts.slimA ? SLIM : 1);
    if (parts.b && b !== undefined) this.#figureB.write(b.positions, frame, 1);
    if (parts.ghostsA) this.#ghostsA.write(a.positions, frame, info.frameCount, info.frameTime);
    if (parts.ghostsB && b !== undefined) {
      this.#ghostsB.write(b.positions, frame, info.frameCount, info.frameTime);
    }
    if (parts.differences && b !== undefined) {
      this.#arrows.write(a.positions, b.positions, frame, options.differenceFactor);
    }
    if (this.#reference.group.visible && this.#overlay !== null) {
      const shown = nearestWindowFrame(this.#overlay.frames, frame);
      if (shown >= 0) this.#reference.write(this.#overlay.poses, shown, SLIM);
    }
    writeMarker(this.#markerA, this.#trackA, frame, this.#size);
    writeMarker(this.#markerB, this.#trackB, frame, this.#size);
    if (options.tintByQuality && quality !== undefined) {
      const joints = quality.pqeJoints.length / info.frameCount;
      if (parts.a) this.#figureA.tint(quality.pqeJoints, frame, joints, this.#qualitySource);
      if (parts.b) this.#figureB.tint(quality.pqeJoints, frame, joints, this.#qualitySource);
    }
  }

  /** From the clip's positions to the scene's. */
  get worldMatrix(): Group['matrixWorld'] {
    return this.#world.matrixWorld;
  }

  dispose(): void {
    for (const part of [
      this.#grid,
      this.#figureA,
      this.#figureB,
      this.#reference,
      this.#ghostsA,
      this.#ghostsB,
      this.#arrows,
      this.#markerA,
      this.#markerB,
    ]) {
      part.dispose();
    }
  }

  #follow(frame: number): void {
    const path = this.followedPath;
    if (path !== null && frame * 3 + 2 < path.length) {
      this.anchor.set(path[frame * 3], path[frame * 3 + 1], path[frame * 3 + 2]);
    }
    this.#world.position.copy(this.anchor).negate();
  }

  #placeGrid(frame: number, azimuth: number): void {
    if (this.#root === null) return;
    const { positions, stride, offset } = this.#root;
    const x = positions[frame * stride + offset];
    const z = positions[frame * stride + offset + 2];
    if (!Number.isNaN(x + z)) this.#grid.place(x, z, azimuth);
  }

  #applyOptions(): void {
    const options = this.#options;
    const content = this.#content;
    if (options === null) return;
    const b = content?.b;
    const parts = partsShown({ ...options, hasB: b !== undefined });
    this.#parts = parts;
    this.#figureA.group.visible = parts.a;
    this.#figureB.group.visible = parts.b;
    this.#ghostsA.group.visible = parts.ghostsA;
    this.#ghostsB.group.visible = parts.ghostsB;
    this.#arrows.group.visible = parts.differences;
    this.#reference.group.visible =
      options.showReference && this.#overlay !== null && content?.a !== undefined;
    this.#grid.group.visible = options.showGrid && content?.a !== undefined && content.info.dimensions === 3;
    this.#grid.group.position.y = this.floor;
    this.#trackA = this.#selectedTrack(parts.a ? content?.a : undefined);
    this.#trackB = this.#selectedTrack(parts.b ? b : undefined);
    this.#markerA.mesh.visible = this.#trackA !== null;
    this.#markerB.mesh.visible = this.#trackB !== null;
    if (!options.tintByQuality || content?.quality === undefined) {
      this.#figureA.untint();
      this.#figureB.untint();
    }
    if (options.followRoot && this.#rootPath === null && this.#root !== null && content !== null) {
      const { positions, stride, offset } = this.#root;
      this.#rootPath = smoothRootPath(positions, stride, offset, content.info.frameTime);
    }
  }

  #selectedTrack(poses: ClipContent['a']): JointTrack | null {
    const joint = this.#options?.selectedJoint ?? null;
    if (joint === null || joint >= BODY17_COUNT || poses === undefined || this.#content === null) return null;
    return trackOf(this.#content.info.drawing, poses, joint);
  }

  #applyPalette(): void {
    const palette = this.#palette;
    if (palette === null) return;
    this.#figureA.setColor(palette.input);
    this.#figureB.setColor(palette.refined);
    this.#reference.setColor(palette.reference);
    this.#ghostsA.setColor(palette.input, palette.background);
    this.#ghostsB.setColor(palette.refined, palette.background);
    this.#arrows.setColor(palette.accent);
    this.#markerA.setColor(palette.accent);
    this.#markerB.setColor(palette.accent);
    this.#grid.setColors(palette.grid, palette.text);
  }
}

const NOTHING: PartsWanted = {
  sideBySide: false,
  showA: false,
  showB: false,
  hasB: false,
  isPeeking: false,
  showGhosts: false,
  showDifferences: false,
};

function writeMarker(marker: JointMarker, track: JointTrack | null, frame: number, size: number): void {
  if (track === null) return;
  marker.write(track.positions, frame * track.stride + track.offset, size * MARKER_RADIUS);
}
