import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import { inputFormatOf } from '../contract/file-kinds.ts';
import { frameSequences } from '../contract/frame-files.ts';
import { explainRead, isInterrupt } from './errors.ts';
import { untilInterrupted } from './interrupt.ts';
import { type Io, locate } from './io.ts';

/** The files a command was given. */
export interface InputSet {
  /** Each once, in the order given; a folder's files by name. */
  readonly files: readonly string[];
  /** Arguments that lead to no file: folders without clips, folders that cannot be read. */
  readonly problems: readonly Error[];
  /** Several arguments or a folder: results go into a folder, too. */
  readonly isMany: boolean;
  /** Everyone in each file where everyone is asked for; a file that is not in it gives one clip. */
  readonly people?: ReadonlyMap<string, readonly string[]>;
}

/** What --person says for everyone in the file. */
export const EVERYONE = 'all';

/** The inputs with everyone in them where that is asked for: each becomes a clip of its own. */
export async function withPeople(io: Io, inputs: InputSet, person: string | undefined): Promise<InputSet> {
  if (person !== EVERYONE) return inputs;
  const { peopleIn } = await import('../native-model/index.ts');
  const people = new Map<string, readonly string[]>();
  for (const file of inputs.files) {
    try {
      people.set(file, await untilInterrupted(peopleIn(file), io.signal));
    } catch (error) {
      if (isInterrupt(error)) throw error;
      // Told when the file is opened.
      people.set(file, []);
    }
  }
  const isMany = inputs.isMany || [...people.values()].some((ids) => ids.length > 1);
  return { ...inputs, isMany, people };
}

/** Kinds of files that hold much else: one of them is a clip where it is named, not where it lies in a folder. */
const OFTEN_NO_CLIPS: readonly string[] = ['json', 'csv', 'set'];

/** Whether a file in a folder is meant where the folder is named. */
function isSurelyClip(name: string): boolean {
  const format = inputFormatOf(name);
  return format !== undefined && !OFTEN_NO_CLIPS.includes(format);
}

/**
 * Replaces folders by the clips that lie in them (not those in their folders). A folder of one JSON per frame is a clip
 * itself.
 */
export function expandInputs(io: Io, typed: readonly string[]): InputSet {
  const files = new Map<string, string>();
  const problems: Error[] = [];
  let isMany = typed.length > 1;
  for (const argument of typed) {
    const path = locate(io, argument);
    try {
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
        // One that is not there fails when it is opened.
        files.set(resolve(path), path);
        continue;
      }
      const inside = clipFilesIn(path);
      if (inside.length === 0 && frameSequences(readdirSync(path)).length > 0) {
        files.set(resolve(path), path);
        continue;
      }
      isMany = true;
      for (const name of inside) files.set(resolve(path, name), join(path, name));
      if (inside.length === 0) problems.push(emptyFolder(argument));
    } catch (error) {
      problems.push(explainRead(argument, error) as Error);
    }
  }
  return { files: [...files.values()], problems, isMany };
}

function clipFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isSurelyClip(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

function emptyFolder(folder: string): PoseMendError {
  const advice = 'name a folder that holds clips, or the files themselves';
  return new PoseMendError('input', `${folder}: the folder holds no clip; ${advice}`);
}
