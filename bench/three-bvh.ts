import { AnimationMixer, Vector3 } from 'three';
import { BVHLoader } from 'three/examples/jsm/loaders/BVHLoader.js';

type ThreeBvh = ReturnType<BVHLoader['parse']>;

/** three.js' reader, without what it prints about files it cannot read. */
export function parseWithThree(text: string): ThreeBvh {
  const { error, warn } = console;
  try {
    console.error = () => {};
    console.warn = () => {};
    return new BVHLoader().parse(text);
  } finally {
    console.error = error;
    console.warn = warn;
  }
}

/** Frames of the animation, and world positions of all bones but end sites in its last frame, as a page shows them. */
export function threeLastFrame({ skeleton, clip }: ThreeBvh): { frameCount: number; positions: number[][] } {
  const [root] = skeleton.bones;
  const mixer = new AnimationMixer(root);
  mixer.clipAction(clip).play();
  // Past the end it would begin again.
  mixer.setTime(Math.max(0, clip.duration - 1e-9));
  root.updateMatrixWorld(true);
  const joints = skeleton.bones.filter(({ name }) => name !== 'ENDSITE');
  return {
    frameCount: Math.max(0, ...clip.tracks.map(({ times }) => times.length)),
    positions: joints.map((bone) => bone.getWorldPosition(new Vector3()).toArray()),
  };
}
