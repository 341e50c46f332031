import { implement, ORPCError } from '@orpc/server';
import { engineContract } from '../../contract/api.ts';
import type { Bytes, ImportPreview } from '../../contract/clips.ts';
import { PoseMendError } from '../../contract/errors.ts';
import { packArrays } from '../../contract/pack.ts';
import type { RefineEvent } from '../../contract/takes.ts';
import { FormatError } from '../../motion/errors.ts';
import { guessClip } from '../formats/guess-clip.ts';
import { drawnPositions, jointDrawing } from '../formats/joint-drawing.ts';
import { openClip } from '../formats/open-clip.ts';
import { takeHtmlReport } from '../index.ts';
import { referencesAt } from '../refine/references-at.ts';
import { clipInfo } from './clip-shelf.ts';
import { engineInfo } from './engine-info.ts';
import type { EngineSession } from './engine-session.ts';
import { EventChannel } from './event-channel.ts';
import { describeExport, writeExport } from './export-files.ts';

/** Answers the calls of the contract for one session. */
export function createRouter(session: EngineSession) {
  const os = implement(engineContract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw asCallError(error, session);
    }
  });

  return os.router({
    about: os.about.handler(() => engineInfo(session.resources)),

    clips: {
      guess: os.clips.guess.handler(({ input }) => guessClip(session.clips.pathOf(input.file), input.person)),
      preview: os.clips.preview.handler(async ({ input }): Promise<ImportPreview> => {
        const clip = await openClip(session.clips.pathOf(input.file), session.clips.optionsOf(input.choices));
        const drawing = jointDrawing(clip);
        const count = Math.min(input.frames, clip.frameCount) * drawing.names.length * 3;
        return {
          drawing,
          facts: clip.facts,
          notices: clip.notices,
          frameCount: clip.frameCount,
          frameTime: clip.frameTime,
          frames: bytes(packArrays({ positions: drawnPositions(clip, null).subarray(0, count) })),
        };
      }),
      open: os.clips.open.handler(async ({ input }) => {
        const [id, clip] = await session.open(input.file, input.choices, input.id);
        return clipInfo(id, clip);
      }),
      frames: os.clips.frames.handler(async ({ input }) => {
        const clip = await session.clips.clip(input.clip);
        return bytes(
          packArrays({ positions: drawnPositions(clip, null), body17: Float32Array.from(clip.body17) }),
        );
      }),
      close: os.clips.close.handler(({ input }) => session.clips.close(input.clip)),
    },

    takes: {
      refine: os.takes.refine.handler(({ input, signal }) => {
        const channel = new EventChannel<RefineEvent>();
        const leaving = new AbortController();
        const stop = signal === undefined ? leaving.signal : AbortSignal.any([signal, leaving.signal]);
        session
          .refine(input.clip, input.choices, stop, (event) => channel.send(event))
          .then(
            () => channel.close(),
            (error) => channel.fail(asCallError(error, session)),
          );
        return endingJob(channel, leaving);
      }),
      info: os.takes.info.handler(({ input }) => session.takes.info(input.take)),
      frames: os.takes.frames.handler(({ input }) => session.takes.frames(input.take)),
      report: os.takes.report.handler(async ({ input }) => {
        const take = await session.take(input.take);
        return input.format === 'html'
          ? new Blob([takeHtmlReport(take)], { type: 'text/html' })
          : new Blob([JSON.stringify(take.report)], { type: 'application/json' });
      }),
      remove: os.takes.remove.handler(({ input }) => session.takes.remove(input.take)),
    },

    references: {
      at: os.references.at.handler(async ({ input }) => {
        const { clip, frame, count, model, tags, person } = input;
        const opened = await session.clips.clip(clip);
        const settings = {
          model,
          library: 'default' as const,
          ...(tags.length === 0 ? {} : { tags }),
          ...(person === undefined || person === '' ? {} : { person }),
        };
        const { frames, items } = await referencesAt(opened, frame, count, settings, session.resources);
        const poses = new Float32Array(items.reduce((sum, item) => sum + item.poses.length, 0));
        let at = 0;
        const facts = items.map(({ poses: own, ...fact }) => {
          poses.set(own, at);
          at += own.length;
          return fact;
        });
        return { frames, items: facts, poses: bytes(packArrays({ poses })) };
      }),
    },

    exports: {
      describe: os.exports.describe.handler(({ input }) => describeExport(session, input)),
      write: os.exports.write.handler(async ({ input: { choices, file } }) => {
        const { name, bytes: written } = await writeExport(session, choices, file);
        return { name, bytes: bytes(written) };
      }),
    },
  });
}

export type EngineRouter = ReturnType<typeof createRouter>;

/** The events of a job; whoever stops reading them early ends the job. */
async function* endingJob(channel: EventChannel<RefineEvent>, job: AbortController) {
  try {
    yield* channel;
  } finally {
    job.abort();
  }
}

function bytes(block: Uint8Array): Bytes {
  return new Blob([block as Uint8Array<ArrayBuffer>]);
}

/** What a window is told: the kind of failure, and a sentence without paths. */
function asCallError(error: unknown, session: EngineSession): unknown {
  if (error instanceof ORPCError) return error;
  if (error instanceof PoseMendError) {
    return new ORPCError(error.code.toUpperCase(), {
      message: session.clips.withoutPaths(error.message),
      status: 422,
    });
  }
  if (error instanceof FormatError) {
    return new ORPCError('INPUT', { message: session.clips.withoutPaths(error.message), status: 422 });
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' };
  process.stderr.write(`engine: ${stack ?? message}\n`);
  const advice = 'this is a fault of the program; the details are in its terminal or log';
  return new ORPCError('FAILED', {
    message: `${session.clips.withoutPaths(message)}; ${advice}`,
    status: 500,
  });
}
