import type { Guess, ImportGuess } from '../../contract/clips.ts';
import { nameOfUpAxis } from '../../motion/formats/axes.ts';
import type { ParsedFile, PointTrack, RigTrack, SmplTrack } from '../../motion/formats/tracks.ts';
import { isLifterInstalled } from '../lift/lifter-card.ts';
import { chooseTrack, seenFrames } from './choose-track.ts';
import { ASSUMED_FPS } from './npy-content.ts';
import { pointFacts } from './point-facts.ts';
import { trackPoints } from './track-points.ts';

type TrackGuess = Omit<ImportGuess, 'format' | 'name' | 'isCertain'>;

/** What opening a file with one or more people would make of one of them. */
export function guessTracks(parsed: ParsedFile, path: string, person: string | undefined): TrackGuess {
  const { producer, reason, tracks } = parsed;
  const track = chooseTrack(parsed, person, path);
  const own =
    track.kind === 'points'
      ? guessPoints(track, producer)
      : track.kind === 'smpl'
        ? guessSmpl(track, producer)
        : guessRig(track);
  return {
    producer: { value: producer, reason, confidence: 'high' },
    kind: track.kind === 'points' ? 'positions' : 'skeleton',
    people: tracks.map((one) => ({ id: one.id, frameCount: one.frameCount, seenFrames: seenFrames(one) })),
    person: track.id,
    peopleAre: track.kind === 'rig' ? 'animations' : 'people',
    roots: [],
    canLift: track.kind === 'points' && track.dimensions === 2 && isLifterInstalled(),
    takesBodyModel: track.kind === 'smpl',
    dimensions: track.kind === 'points' ? track.dimensions : 3,
    frameCount: track.frameCount,
    ...own,
  };
}

type OwnGuess = Pick<TrackGuess, 'layout' | 'fps' | 'unit' | 'up' | 'shape' | 'asks'>;

const NO_LAYOUT = {
  value: null,
  reason: 'its joints have names',
  confidence: 'high',
  candidates: [],
} as const;

function guessPoints(track: PointTrack, producer: string): OwnGuess {
  const points = trackPoints(track);
  const { layout, fps, unit, up } = pointFacts(points, { ...track, producer }, {});
  return {
    layout: { ...layout, candidates: track.layouts },
    fps,
    unit,
    up,
    shape: points.array.shape,
    asks: track.dimensions === 3 ? ['layout', 'fps', 'unit', 'up'] : ['layout', 'fps'],
  };
}

function guessSmpl({ fps, up, isUpGuessed }: SmplTrack, producer: string): OwnGuess {
  const upGuess = {
    value: nameOfUpAxis(up),
    reason: isUpGuessed === true ? 'the body stands along it' : `as ${producer} writes it`,
    confidence: isUpGuessed === true ? 'low' : 'high',
  } as const;
  const rate: Guess<number> =
    fps === null
      ? {
          value: ASSUMED_FPS,
          reason: `the file has no frame rate; taken as ${ASSUMED_FPS} per second`,
          confidence: 'low',
        }
      : { value: fps, reason: `as ${producer} says`, confidence: 'high' };
  return {
    layout: NO_LAYOUT,
    fps: rate,
    unit: { value: 'm', reason: 'body models are in metres', confidence: 'high' },
    up: upGuess,
    shape: null,
    asks: ['fps', 'up'],
  };
}

function guessRig({ fps, clip }: RigTrack): OwnGuess {
  return {
    layout: NO_LAYOUT,
    fps:
      fps === null
        ? {
            value: 1 / clip.frameTime,
            reason: 'the file has no frame rate; its keys lie so',
            confidence: 'low',
          }
        : { value: fps, reason: 'as the file says', confidence: 'high' },
    unit: { value: 'm', reason: 'the file says its unit', confidence: 'high' },
    up: { value: 'y', reason: 'the file says its axes', confidence: 'high' },
    shape: null,
    asks: ['fps'],
  };
}
