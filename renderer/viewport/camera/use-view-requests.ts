import { useEffect, useRef } from 'react';
import { useActivity } from '../../state/activity.ts';
import { playback } from '../../state/playback.ts';
import { onRequest } from '../../state/requests.ts';
import { prefersReducedMotion } from '../../theme/reduced-motion.ts';
import { type ClipContent, pointsOf, trackOf } from '../scene/clip-content.ts';
import type { PoseScene } from '../scene/pose-scene.ts';
import type { CameraRig, ViewName } from './camera-rig.ts';

const VIEWS: readonly ViewName[] = ['front', 'side', 'top', 'back'];
const MOTION_FILL = { height: 0.8, width: 0.85 };
const JOINT_FILL = { height: 0.5, width: 0.5 };
/** Of the figure's size: what is seen around a selected joint. */
const JOINT_SURROUNDINGS = 0.12;
/** Seconds before and after the playhead that framing the figure takes in. */
const FRAMED_SECONDS = 1;

/** Answers commands that ask for a view. */
export function useViewRequests(rig: CameraRig | null, scene: PoseScene, content: ClipContent): void {
  const shown = useRef(content);
  shown.current = content;
  useEffect(() => {
    if (rig === null) return;
    const stops = VIEWS.map((view) =>
      onRequest(`view-${view}`, () => rig.turnTo(view, !prefersReducedMotion())),
    );
    stops.push(onRequest('frame-selection', () => frameSelection(rig, scene, shown.current)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [rig, scene]);
}

function frameSelection(rig: CameraRig, scene: PoseScene, { info, a, b }: ClipContent): void {
  const smooth = !prefersReducedMotion();
  const poses = scene.parts.b ? (b ?? a) : a;
  if (poses === undefined) return;
  const selected = useActivity.getState().selectedJoint;
  const track = selected === null ? null : trackOf(info.drawing, poses, selected);
  if (track !== null) {
    const at = playback.frame * track.stride + track.offset;
    const path = scene.followedPath;
    const points = surroundings(track.positions, at, scene.size * JOINT_SURROUNDINGS);
    for (let value = 0; value < points.length; value++) {
      const axis = value % 3;
      points[value] -= path === null ? scene.anchor.getComponent(axis) : path[playback.frame * 3 + axis];
    }
    if (rig.fit(points, JOINT_FILL, smooth)) return;
  }
  const reach = Math.round(FRAMED_SECONDS / info.frameTime);
  const first = Math.max(0, playback.frame - reach);
  const last = Math.min(info.frameCount - 1, playback.frame + reach);
  const joints = info.drawing.names.length;
  rig.fit(
    pointsOf(poses.positions, joints, first, last, scene.anchor, scene.followedPath),
    MOTION_FILL,
    smooth,
  );
}

/** Six points at a distance around one, along the axes. */
function surroundings(positions: Float32Array, at: number, distance: number): Float32Array {
  const points = new Float32Array(18);
  for (let point = 0; point < 6; point++) {
    for (let axis = 0; axis < 3; axis++) points[point * 3 + axis] = positions[at + axis];
    points[point * 3 + (point >> 1)] += point % 2 === 0 ? distance : -distance;
  }
  return points;
}
