import { basename } from 'node:path';
import type { ClipInfo, OpenChoices } from '../../contract/clips.ts';
import { PoseMendError } from '../../contract/errors.ts';
import { jointDrawing } from '../formats/joint-drawing.ts';
import { type OpenedClip, type OpenOptions, openClip } from '../formats/open-clip.ts';
import { ByteCache } from './byte-cache.ts';

interface OpenEntry {
  readonly path: string;
  readonly choices: OpenChoices;
}

/** Frames of clips nobody looked at for a while are read again from their file when they are needed. */
const KEPT_BYTES = 1.5e9;

/** The open clips of a window, by id, and the files the user gave, by token. */
export class ClipShelf {
  readonly #files = new Map<string, string>();
  readonly #entries = new Map<string, OpenEntry>();
  readonly #opened = new ByteCache<OpenedClip>(KEPT_BYTES);

  /** The user gave this file; its token opens it from now on. */
  grant(token: string, path: string): void {
    this.#files.set(token, path);
  }

  /** Throws PoseMendError ('input') for a token nobody was given. */
  pathOf(token: string): string {
    const path = this.#files.get(token);
    if (path === undefined) {
      throw new PoseMendError('input', 'this file was not opened through the window; open it again');
    }
    return path;
  }

  async open(id: string, token: string, choices: OpenChoices): Promise<OpenedClip> {
    const path = this.pathOf(token);
    const clip = await openClip(path, definedOnly(choices));
    this.#entries.set(id, { path, choices });
    this.#opened.set(id, clip, bytesOf(clip));
    return clip;
  }

  /** Throws PoseMendError ('input') for a clip that is not open, FormatError where its file has changed for the worse. */
  async clip(id: string): Promise<OpenedClip> {
    const kept = this.#opened.get(id);
    if (kept !== undefined) return kept;
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new PoseMendError('input', 'this clip is not open; open its file again');
    const clip = await openClip(entry.path, definedOnly(entry.choices));
    this.#opened.set(id, clip, bytesOf(clip));
    return clip;
  }

  /** What the clip was opened with. */
  choicesOf(id: string): OpenChoices {
    return this.#entries.get(id)?.choices ?? {};
  }

  close(id: string): void {
    this.#entries.delete(id);
    this.#opened.delete(id);
  }

  /** Paths are the host's business: a message names the file as the user knows it. */
  withoutPaths(message: string): string {
    let text = message;
    for (const path of this.#files.values()) text = text.replaceAll(path, basename(path));
    return text;
  }
}

export function clipInfo(id: string, clip: OpenedClip): ClipInfo {
  const { name, path, format, frameCount, frameTime, leadFrames, dimensions, facts, notices, derived } = clip;
  return {
    id,
    name,
    fileName: basename(path),
    format,
    frameCount,
    frameTime,
    leadFrames,
    dimensions,
    facts,
    notices,
    drawing: jointDrawing(clip),
    derived,
  };
}

/** An option that was not given is absent, not undefined. */
export function definedOnly(choices: OpenChoices): OpenOptions {
  return Object.fromEntries(
    Object.entries(choices).filter(([, value]) => value !== undefined),
  ) as OpenOptions;
}

function bytesOf({ body17, source }: OpenedClip): number {
  const own =
    source.format === 'bvh'
      ? source.document.motion.byteLength +
        source.clip.localRotations.byteLength +
        source.clip.localTranslations.byteLength
      : source.positions.byteLength + source.npy.positions.byteLength;
  return body17.byteLength + own;
}
