import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import {
  type Bytes,
  ClipId,
  type ClipInfo,
  FileToken,
  type ImportGuess,
  type ImportPreview,
  OpenChoices,
  TakeId,
} from './clips.ts';
import type { EngineInfo } from './engine-info.ts';
import { ExportChoices, type ExportDescription } from './exports.ts';
import {
  type ReferenceAnswer,
  ReferenceQuery,
  RefineChoices,
  type RefineEvent,
  type TakeInfo,
} from './takes.ts';

/**
 * Every call between a window and the engine. Arguments are parsed when they arrive; frames cross as packed
 * arrays (`pack.ts`), never as JSON numbers. A failure arrives as an ORPCError whose code is a FailureCode in
 * capitals and whose message names the place and the way out.
 */
export const engineContract = {
  /** Version, models, library, devices: what the window needs to know before the first clip. */
  about: oc.output(type<EngineInfo>()),

  clips: {
    /** What can be told of a file before it is opened; of a file with several people about `person`. */
    guess: oc
      .input(z.strictObject({ file: FileToken, person: z.string().max(200).optional() }))
      .output(type<ImportGuess>()),
    /** The first frames of a file as it would be opened. */
    preview: oc
      .input(
        z.strictObject({
          file: FileToken,
          choices: OpenChoices,
          frames: z.number().int().min(1).max(2000),
        }),
      )
      .output(type<ImportPreview>()),
    /** Opens a file. `id` gives a clip its former name back after the engine was started again. */
    open: oc
      .input(z.strictObject({ file: FileToken, choices: OpenChoices, id: ClipId.optional() }))
      .output(type<ClipInfo>()),
    /**
     * Packed arrays: `positions` float32 [frame][joint][xyz] as drawn, `body17` float32 [frame][17][xyz];
     * metres, Y up, NaN where the file saw no joint.
     */
    frames: oc.input(z.strictObject({ clip: ClipId })).output(type<Bytes>()),
    close: oc.input(z.strictObject({ clip: ClipId })).output(type<void>()),
  },

  takes: {
    /** Runs a refine; jobs wait for one another. Ending the stream early cancels it, and nothing is left of it. */
    refine: oc
      .input(z.strictObject({ clip: ClipId, choices: RefineChoices }))
      .output(eventIterator(type<RefineEvent>())),
    /** What is known of a take made before, by this engine or one before it. */
    info: oc.input(z.strictObject({ take: TakeId })).output(type<TakeInfo>()),
    /**
     * Packed arrays: `positions` and `body17` as of clips.frames, of the result; `pqe` [frame] and `pqeJoints`
     * [frame][17], 0..1, 1 = good; `expectedErrorMm` and `expectedErrorAfterMm` [frame], empty where a method
     * cannot tell; `jointErrorMm` [frame][17]. All float32.
     */
    frames: oc.input(z.strictObject({ take: TakeId })).output(type<Bytes>()),
    /** A self-contained HTML page about a take. */
    report: oc
      .input(z.strictObject({ take: TakeId, format: z.enum(['html', 'json']) }))
      .output(type<Bytes>()),
    remove: oc.input(z.strictObject({ take: TakeId })).output(type<void>()),
  },

  references: {
    /** The library's windows nearest to the clip around a frame. */
    at: oc.input(ReferenceQuery).output(type<ReferenceAnswer>()),
  },

  exports: {
    describe: oc.input(ExportChoices).output(type<ExportDescription>()),
    /** The bytes of one of the described files, by its place in `files`. */
    write: oc
      .input(z.strictObject({ choices: ExportChoices, file: z.number().int().min(0).max(200) }))
      .output(type<{ readonly name: string; readonly bytes: Bytes }>()),
  },
};

export type EngineContract = typeof engineContract;
