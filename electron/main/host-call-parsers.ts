import { z } from 'zod';
import { EXPORT_SUFFIXES, SCRIPT_SUFFIX } from '../../contract/file-kinds.ts';
import type { HostCallParsers } from './answer.ts';

/** A path or a name longer than this is no path or name. */
const text = (longest: number) => z.string().max(longest);
const id = text(100).min(1);

/** More in one go is a mistake, not a wish. */
const MOST_FILES = 200;
/** A drop may hold a file for each frame of an hour. */
const MOST_DROPPED = 200_000;
/** What the program writes. A page that is not ours any more gets no program or shortcut past the user. */
const WRITTEN = new RegExp(
  `\\.(${[...new Set(Object.values(EXPORT_SUFFIXES)), 'html', 'json'].join('|')})$`,
  'i',
);
const isWritten = ({ name }: { readonly name: string }): boolean => WRITTEN.test(name);
/** Scripts go out beside the clip they are for, never alone. */
const isWrittenOrScript = ({ name }: { readonly name: string }): boolean =>
  WRITTEN.test(name) || SCRIPT_SUFFIX.test(name);
/** Bytes of a page: a report of the longest clip stays far below. */
const LARGEST_PAGE = 64e6;

/** The parameters of every call of a window; what does not parse is refused. */
export const HOST_CALL_PARSERS: HostCallParsers = {
  'engine:connect': z.tuple([]),
  'files:pick': z.tuple([]),
  'files:pick-body-model': z.tuple([]),
  'files:dropped': z.tuple([z.array(text(32_768)).max(MOST_DROPPED)]),
  'files:listening': z.tuple([]),
  'files:sample': z.tuple([]),
  'recent:list': z.tuple([]),
  'recent:open': z.tuple([id]),
  'save:files': z.tuple([
    z
      .array(z.strictObject({ name: text(300), bytes: z.instanceof(ArrayBuffer) }))
      .min(1)
      .max(MOST_FILES)
      .refine((files) => files.every(isWrittenOrScript) && files.some(isWritten)),
  ]),
  'save:reveal': z.tuple([id]),
  'page:show': z.tuple([text(300), text(LARGEST_PAGE)]),
};
