import { useEffect, useRef } from 'react';
import { BODY17 } from '../../../motion/skeleton/body17.ts';
import { playback } from '../../state/playback.ts';
import { prefersReducedMotion } from '../../theme/reduced-motion.ts';
import { type ClipContent, pointsOf, trackOf } from '../scene/clip-content.ts';
import type { PoseScene, SceneOptions } from '../scene/pose-scene.ts';
import type { CameraPlace, CameraRig } from './camera-rig.ts';
import { facingAzimuth } from './facing.ts';

/** A standing figure takes this part of the picture when its clip is first shown. */
export const FIGURE_FILL = { height: 0.7, width: 0.8 };
/** Radians: off the figure's front and a little from above, so that depth is seen. */
const FIRST_TURN = 0.45;
const FIRST_POLAR = Math.PI / 2 - 0.2;

/** By clip id. */
export type SavedCameras = Map<string, SavedCamera>;

interface SavedCamera {
  readonly place: CameraPlace;
  readonly anchor: readonly [number, number, number];
}

/**
 * Gives every clip its camera: at the first sight it frames the figure, later it is where the user left it. A camera
 * that begins to follow the root goes there without a jump.
 */
export function useClipCamera(
  rig: CameraRig | null,
  scene: PoseScene,
  content: ClipContent,
  { followRoot, sideBySide }: SceneOptions,
  cameras: SavedCameras,
): void {
  const shown = useRef(content);
  shown.current = content;
  const { id, dimensions } = content.info;
  const hasFrames = content.a !== undefined;

  useEffect(() => {
    if (rig === null || !hasFrames) return;
    rig.setFlat(dimensions === 2);
    const before = cameras.get(id);
    if (before === undefined) {
      scene.anchor.set(0, 0, 0);
      frameFigure(rig, scene, shown.current);
    } else {
      scene.anchor.set(...before.anchor);
      rig.goTo(before.place);
    }
    return () => {
      const { x, y, z } = scene.anchor;
      cameras.set(id, { place: rig.place, anchor: [x, y, z] });
    };
  }, [rig, scene, id, dimensions, hasFrames, cameras]);

  const wasFollowing = useRef(followRoot);
  useEffect(() => {
    const begins = followRoot && !wasFollowing.current;
    wasFollowing.current = followRoot;
    const path = scene.followedPath;
    if (!begins || rig === null || path === null) return;
    const at = playback.frame * 3;
    // The world moves by this with the next picture; the camera moves along, and then to the root at the origin.
    rig.shift(scene.anchor.x - path[at], scene.anchor.y - path[at + 1], scene.anchor.z - path[at + 2]);
    rig.lookAt(0, 0, 0, !prefersReducedMotion());
  }, [followRoot, rig, scene]);

  useEffect(() => rig?.setZoomToPointer(!sideBySide), [rig, sideBySide]);
}

function frameFigure(rig: CameraRig, scene: PoseScene, { info, a }: ClipContent): void {
  if (a === undefined) return;
  const joints = info.drawing.names.length;
  const frame = playback.frame;
  const direction =
    info.dimensions === 2
      ? { azimuth: 0, polar: Math.PI / 2 }
      : { azimuth: frontOf(info.drawing, a, frame) + FIRST_TURN, polar: FIRST_POLAR };
  const now = pointsOf(a.positions, joints, frame, frame, scene.anchor, scene.followedPath);
  if (rig.fit(now, FIGURE_FILL, false, direction)) return;
  const last = info.frameCount - 1;
  const whole = pointsOf(a.positions, joints, 0, last, scene.anchor, scene.followedPath);
  rig.fit(whole, FIGURE_FILL, false, direction);
}

function frontOf(
  drawing: ClipContent['info']['drawing'],
  poses: NonNullable<ClipContent['a']>,
  frame: number,
): number {
  const right = trackOf(drawing, poses, BODY17.rightHip);
  const left = trackOf(drawing, poses, BODY17.leftHip);
  if (right === null || left === null || right.positions !== left.positions) return 0;
  const start = frame * right.stride;
  return facingAzimuth(right.positions, start + right.offset, start + left.offset) ?? 0;
}
