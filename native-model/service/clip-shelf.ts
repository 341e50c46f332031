import { basename } from 'node:path';
import type { ClipInfo, OpenChoices } from '../../contract/clips.ts';
import { PoseMendError } from '../../contract/errors.ts';
import { bvhOriginal } from '../formats/clip-source.ts';
import { jointDrawing } from '../formats/joint-drawing.ts';
import { type OpenedClip, type OpenOptions, openClip } from '../formats/open-clip.ts';
import { ByteCache } from './byte-cache.ts';
import type { ClipHashes } from './clip-hashes.ts';

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
  readonly #hashes: ClipHashes;

  constructor(hashes: ClipHashes) {
    this.#hashes = hashes;
  }

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

  /** Throws PoseMendError ('input') where a clip of this id had other content, FormatError for a file that is no clip. */
  async open(id: string, token: string, choices: OpenChoices): Promise<OpenedClip> {
    const entry = { path: this.pathOf(token), choices };
    const clip = await this.#read(id, entry);
    this.#entries.set(id, entry);
    return clip;
  }

  /** Throws PoseMendError ('input') for a clip that is not open, or whose file has changed since. */
  async clip(id: string): Promise<OpenedClip> {
    const kept = this.#opened.get(id);
    if (kept !== undefined) return kept;
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new PoseMendError('input', 'this clip is not open; open its file again');
    return this.#read(id, entry);
  }

  /** Takes and the window's frames are of the file as it was, so another content under the same id is refused. */
  async #read(id: string, { path, choices }: OpenEntry): Promise<OpenedClip> {
    const clip = await openClip(path, this.optionsOf(choices));
    const { sourceHash } = clip;
    if ((await this.#hashes.firstOf(id, sourceHash)) !== sourceHash) {
      const advice = 'open it again as another clip, or put the file back as it was';
      throw new PoseMendError('input', `${path}: it has changed since it was opened; ${advice}`);
    }
    this.#opened.set(id, clip, bytesOf(clip));
    return clip;
  }

  /** Choices as the opener takes them: what was not chosen is absent, a body model is a path. */
  optionsOf(choices: OpenChoices): OpenOptions {
    const { bodyModel, ...others } = definedOnly(choices);
    return bodyModel === undefined ? others : { ...others, bodyModel: this.pathOf(bodyModel) };
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
    kind: clip.source.kind,
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
    source.kind === 'skeleton'
      ? (bvhOriginal(source)?.document.motion.byteLength ?? 0) +
        source.clip.localRotations.byteLength +
        source.clip.localTranslations.byteLength
      : 2 * source.positions.byteLength;
  return body17.byteLength + own;
}
