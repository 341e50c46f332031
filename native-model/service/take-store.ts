import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import { type PackedArrays, packArrays, unpackArrays } from '../../contract/pack.ts';
import type { RefineReport } from '../../contract/report.ts';
import type { TakeInfo } from '../../contract/takes.ts';
import { drawnPositions } from '../formats/joint-drawing.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { RefineSettings, Take } from '../refine/refine-clip.ts';
import type { SolvedResult } from '../refine/solve-result.ts';

/** Ends the name of a take that is being written. */
const PART = '.part';

/** What is written beside the arrays of a take. */
interface TakeRecord {
  readonly info: TakeInfo;
  readonly settings: RefineSettings;
  readonly report: RefineReport;
}

/**
 * Takes on disk, so that they survive the engine and take no memory while nobody looks at them. A take is a folder
 * with `take.json`, `frames.bin` (what a window draws) and `result.bin` (what an export writes); it appears whole or
 * not at all.
 */
export class TakeStore {
  readonly #folder: string;

  /** @param folder made if it is missing, in a folder that is there; no other process writes to it */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // An engine that died while it wrote one has left it.
    for (const name of readdirSync(folder)) {
      if (name.endsWith(PART)) rmSync(join(folder, name), { recursive: true, force: true });
    }
  }

  /** @throws PoseMendError ('failed') where the folder is full or gone; then nothing of the take is left */
  async save(info: TakeInfo, take: Take): Promise<void> {
    const folder = this.#folderOf(info.id);
    const building = folder + PART;
    try {
      // Not with the folders above it: a temporary folder that was cleared away might come back as anybody's.
      await mkdir(building);
      await this.#write(building, info, take);
      await rename(building, folder);
    } catch (cause) {
      await rm(building, { recursive: true, force: true }).catch(() => {});
      throw new PoseMendError('failed', whyNotKept(cause), { cause });
    }
  }

  async #write(building: string, info: TakeInfo, take: Take): Promise<void> {
    const { quality, settings, report } = take;
    const record: TakeRecord = { info, settings, report };
    await writeFile(join(building, 'take.json'), JSON.stringify(record));
    await writeFile(
      join(building, 'frames.bin'),
      packArrays({
        positions: drawnPositions(take.clip, take.result),
        body17: Float32Array.from(take.result.body17),
        ...quality,
      }),
    );
    await writeFile(join(building, 'result.bin'), packArrays(resultArrays(take.result)));
  }

  /** What a window draws. Read at once: a Blob of the file would fail unheard if the take is removed before it is sent. */
  async frames(id: string): Promise<Blob> {
    return new Blob([await this.#explaining(id, () => readFile(join(this.#folderOf(id), 'frames.bin')))]);
  }

  async info(id: string): Promise<TakeInfo> {
    return (await this.#record(id)).info;
  }

  /** The take as it was made. `clip` is the clip it was made of. */
  async load(id: string, clip: OpenedClip): Promise<Take> {
    const { settings, report } = await this.#record(id);
    const folder = this.#folderOf(id);
    const [result, frames] = await this.#explaining(id, () =>
      Promise.all([readArrays(join(folder, 'result.bin')), readArrays(join(folder, 'frames.bin'))]),
    );
    const solved = solvedResult(result, clip);
    const { pqe, pqeJoints, expectedErrorMm, expectedErrorAfterMm, jointErrorMm } = frames as Record<
      keyof Take['quality'],
      Float32Array
    >;
    const quality = { pqe, pqeJoints, expectedErrorMm, expectedErrorAfterMm, jointErrorMm };
    return { clip, settings, refined: solved.body17, result: solved, report, quality };
  }

  async remove(id: string): Promise<void> {
    await rm(this.#folderOf(id), { recursive: true, force: true });
  }

  #folderOf(id: string): string {
    return join(this.#folder, id);
  }

  async #record(id: string): Promise<TakeRecord> {
    const path = join(this.#folderOf(id), 'take.json');
    return this.#explaining(id, async () => JSON.parse(await readFile(path, 'utf8')));
  }

  async #explaining<T>(id: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (cause) {
      const message = `the frames of ${id} are gone from the temporary folder; refine the clip again`;
      throw new PoseMendError('failed', message, { cause });
    }
  }
}

function whyNotKept(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  const problems: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk of the temporary folder is full; make room there and refine again',
    EDQUOT: 'your share of the disk of the temporary folder is used up; make room there and refine again',
    ENOENT: 'the temporary folder of this run is gone; export what you need and start PoseMend anew',
  };
  return `the take cannot be kept: ${problems[code ?? ''] ?? `${code ?? message}; start PoseMend anew`}`;
}

async function readArrays(path: string): Promise<Record<string, unknown>> {
  const { buffer, byteOffset, byteLength } = await readFile(path);
  return unpackArrays((buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength));
}

function resultArrays({ skeletonClip, layoutPositions, body17 }: SolvedResult): PackedArrays {
  if (skeletonClip !== null) {
    const { localRotations, localTranslations } = skeletonClip;
    return { body17, localRotations, localTranslations };
  }
  return layoutPositions === null ? { body17 } : { body17, layoutPositions };
}

function solvedResult(arrays: Record<string, unknown>, clip: OpenedClip): SolvedResult {
  const { body17, localRotations, localTranslations, layoutPositions } = arrays as Record<
    string,
    Float64Array | undefined
  >;
  const skeletonClip =
    clip.source.kind === 'skeleton' && localRotations !== undefined && localTranslations !== undefined
      ? { ...clip.source.clip, localRotations, localTranslations }
      : null;
  return {
    skeletonClip,
    layoutPositions: layoutPositions ?? null,
    body17: body17 ?? new Float64Array(0),
  };
}
