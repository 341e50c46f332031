import { readFile } from 'node:fs/promises';
import { PoseMendError } from '../../contract/errors.ts';
import { FormatError } from '../../motion/errors.ts';
import { readPyFile } from '../../motion/formats/python/py-file.ts';
import { readModelBody } from '../../motion/formats/smpl/read-smpl-model.ts';
import type { ParsedFile, PointTrack, SmplTrack } from '../../motion/formats/tracks.ts';
import { averageSmplBody } from '../../motion/skeleton/smpl/average-smpl.ts';
import type { SmplBody } from '../../motion/skeleton/smpl/smpl-body.ts';
import { choiceNotice, chooseTrack } from './choose-track.ts';
import { gapNotice, gapsOf } from './frame-gaps.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { openPositions } from './open-positions.ts';
import { openRig } from './open-rig.ts';
import { openSmpl } from './open-smpl.ts';
import { trackPoints } from './track-points.ts';

/** One person's motion, or one animation, of a file as a clip. */
export async function openTrack(
  parsed: ParsedFile,
  path: string,
  name: string,
  options: OpenOptions,
): Promise<ClipContent> {
  const { producer, reason, warnings } = parsed;
  const track = chooseTrack(parsed, options.person, path);
  const content =
    track.kind === 'rig'
      ? openRig(track, path, name, options)
      : track.kind === 'smpl'
        ? openSmpl(track, await bodyFor(track, options.bodyModel), name, producer, options)
        : await openPoints(track, path, producer, options);
  return {
    ...content,
    ...(parsed.tracks.length > 1 ? { person: track.id } : {}),
    facts: [
      { name: 'file', value: `${producer} (${reason})` },
      ...(parsed.tracks.length > 1
        ? [{ name: 'person', value: `${track.id}, one of ${parsed.tracks.length}` }]
        : []),
      ...content.facts,
    ],
    notices: [
      ...warnings
        .filter(({ place }) => !isAboutAnother(place, track.id))
        .map(({ place, message }) => `${place}: ${message}`),
      ...choiceNotice(parsed, track, options.person),
      ...gapNotice(content.gaps),
      ...content.notices,
    ],
  };
}

/** Readers say `person 3` in front of what is about one of several. */
function isAboutAnother(place: string, id: string): boolean {
  return /^person /.test(place) && place !== `person ${id}` && !place.startsWith(`person ${id},`);
}

async function openPoints(
  track: PointTrack,
  path: string,
  producer: string,
  options: OpenOptions,
): Promise<ClipContent> {
  checkLayout(track, path, options);
  const points = trackPoints(options.layout === undefined ? track : { ...track, layouts: [options.layout] });
  const content = openPositions(points, path, { ...track, producer }, options);
  const gaps = gapsOf(track.seen);
  return { ...content, gaps, ...(track.imageSize === null ? {} : { imageSize: track.imageSize }) };
}

function checkLayout({ layouts }: PointTrack, path: string, { layout }: OpenOptions): void {
  if (layout === undefined || layouts.includes(layout)) return;
  const advice = `the layouts that fit: ${layouts.join(', ')}`;
  throw new FormatError(path, 'layout', `the joints of this file are not those of ${layout}`, advice);
}

/** @param model the user's model file; average proportions without one */
async function bodyFor(track: SmplTrack, model: string | undefined): Promise<SmplBody> {
  if (model === undefined) return averageSmplBody(track.model, track.jointCount);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(model);
  } catch (cause) {
    const { message } = cause as Error;
    throw new PoseMendError('input', `${model}: the body model cannot be read (${message}); check the path`, {
      cause,
    });
  }
  return readModelBody(readPyFile(bytes, model), model, track);
}
