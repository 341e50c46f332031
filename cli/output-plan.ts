import { realpathSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import { EXPORT_SUFFIXES } from '../contract/file-kinds.ts';
import { fileNamePart } from '../contract/file-names.ts';
import type { InputSet } from './inputs.ts';
import { type Io, locate } from './io.ts';
import { checkWritable } from './output.ts';

/** A clip, and where its result goes. */
export interface PlannedClip {
  readonly input: string;
  /** Whose motion, where everyone in a file is asked for. */
  readonly person?: string;
  readonly output: string;
  readonly reports: readonly PlannedReport[];
}

export interface PlannedReport {
  readonly file: string;
  readonly kind: 'json' | 'html';
}

export interface OutputRequest {
  /** OUT as typed: a file, or a folder. */
  readonly out: string | undefined;
  /** Each a .json or .html file, a pattern with {name}, or a folder, which gets both kinds. */
  readonly reports: readonly string[];
  readonly force: boolean;
  /** The name of a clip's result in a folder, from the clip's own; the same unless stated. */
  readonly rename?: (fileName: string) => string;
}

/** Formats people know from other tools: a folder of such a name is a misunderstanding. */
const FOREIGN =
  /\.(gltf|pkl|pickle|joblib|pth?|c3d|amc|asf|tsv|json|html?|txt|usd[acz]?|abc|mp4|zip|dae|obj|blend)$/i;

const SUFFIXES = [...new Set(Object.values(EXPORT_SUFFIXES))];

/** `.bvh, .fbx, … or .trc` */
export const WRITTEN_SUFFIXES = SUFFIXES.map((suffix) => `.${suffix}`)
  .join(', ')
  .replace(/, (\.\w+)$/, ' or $1');

/** Whether a name ends like a file that is written. */
export function isWrittenFile(path: string): boolean {
  return SUFFIXES.includes(extname(path).slice(1).toLowerCase());
}

/**
 * Decides where every result goes, before any work. Throws PoseMendError ('usage') if a result would take the
 * place of an input, of another result, or, without `force`, of any file.
 */
export function planOutputs(io: Io, inputs: InputSet, request: OutputRequest): PlannedClip[] {
  const { out, force, rename = (name) => name } = request;
  if (out === undefined || out === '') {
    throw new PoseMendError(
      'usage',
      `posemend: where to write is missing; give -o and a ${WRITTEN_SUFFIXES} file, or a folder`,
    );
  }
  const toFolder = isFolderOutput(io, inputs, out);
  const taken = new Set<string>();
  /** Ids that differ in what no file name can hold get a number. */
  const free = (name: string): string => {
    const suffix = extname(name);
    let own = name;
    for (let copy = 2; taken.has(own); copy++)
      own = `${name.slice(0, name.length - suffix.length)}_${copy}${suffix}`;
    taken.add(own);
    return own;
  };
  const clips = inputs.files.flatMap((input): Pick<PlannedClip, 'input' | 'person'>[] => {
    const people = inputs.people?.get(input) ?? [];
    return people.length < 2 ? [{ input }] : people.map((person) => ({ input, person }));
  });
  const plans = clips.map((clip): PlannedClip => {
    const path = locate(io, out);
    const renamed = rename(basename(resolve(clip.input)));
    const named = clip.person === undefined ? renamed : withPerson(renamed, clip.person);
    const output = toFolder ? join(path, clip.person === undefined ? named : free(named)) : path;
    const name = basename(output, isWrittenFile(output) ? extname(output) : '');
    return {
      ...clip,
      output,
      reports: request.reports.flatMap((report) => planReport(io, report, name, inputs.isMany)),
    };
  });
  requireDistinct(plans);
  for (const { output, reports } of plans) {
    for (const file of [output, ...reports.map((report) => report.file)]) checkWritable(file, { force });
  }
  return plans;
}

/** `walk.bvh` of person 2 is `walk-2.bvh`. */
function withPerson(fileName: string, person: string): string {
  const suffix = extname(fileName);
  return `${fileName.slice(0, fileName.length - suffix.length)}-${fileNamePart(person)}${suffix}`;
}

function isFolderOutput(io: Io, { isMany }: InputSet, out: string): boolean {
  const found = statSync(locate(io, out), { throwIfNoEntry: false });
  if (found?.isDirectory() || /[/\\]$/.test(out)) return true;
  if (isMany && isWrittenFile(out)) {
    throw new PoseMendError('usage', `${out}: several clips cannot go into one file; give a folder with -o`);
  }
  if (FOREIGN.test(out)) {
    const advice = `name a ${WRITTEN_SUFFIXES} file, or end the name of a folder with /`;
    throw new PoseMendError('usage', `${out}: ${extname(out)} files are not written; ${advice}`);
  }
  return !isWrittenFile(out);
}

function planReport(io: Io, typed: string, name: string, isMany: boolean): PlannedReport[] {
  const path = locate(io, typed.replaceAll('{name}', name));
  const isFolder = /[/\\]$/.test(typed) || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) {
    return (['json', 'html'] as const).map((kind) => ({ file: join(path, `${name}.${kind}`), kind }));
  }
  const suffix = extname(typed).toLowerCase();
  if (suffix !== '.json' && suffix !== '.html') {
    const advice = 'name a .json or .html file, or a folder (with / at the end), which gets both';
    throw new PoseMendError('usage', `--report ${typed}: no such kind of report; ${advice}`);
  }
  if (isMany && !typed.includes('{name}')) {
    const advice = `give a folder (--report reports/) or a pattern (--report reports/{name}${suffix})`;
    throw new PoseMendError('usage', `--report ${typed}: several clips need a report each; ${advice}`);
  }
  return [{ file: path, kind: suffix === '.json' ? 'json' : 'html' }];
}

function requireDistinct(plans: readonly PlannedClip[]): void {
  const inputs = new Map(plans.map(({ input }) => [identity(input), input]));
  const taken = new Map<string, string>();
  for (const { input, output, reports } of plans) {
    for (const file of [output, ...reports.map((report) => report.file)]) {
      const id = identity(file);
      if (inputs.has(id)) {
        throw new PoseMendError(
          'usage',
          `${file}: this is an input, which is never overwritten; write to another name`,
        );
      }
      const other = taken.get(id);
      if (other !== undefined) {
        const both = other === input ? `two results of ${input}` : `the results of ${other} and ${input}`;
        throw new PoseMendError(
          'usage',
          `${file}: ${both} would be this one file; give them different names`,
        );
      }
      taken.set(id, input);
    }
  }
}

/** The same for two names of one file, also through links. */
function identity(file: string): string {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return ino === 0n ? realpathSync(file) : `${dev}:${ino}`;
  } catch {
    return resolve(file);
  }
}
