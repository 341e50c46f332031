import { z } from 'zod';
import type { HostCallParsers } from './answer.ts';

/** A path or a name longer than this is no path or name. */
const text = (longest: number) => z.string().max(longest);
const id = text(100).min(1);

/** More in one go is a mistake, not a wish. */
const MOST_FILES = 200;
/** What the program writes. A page that is not ours any more gets no program or shortcut past the user. */
const WRITTEN = /\.(bvh|npy|html|json)$/i;
/** Bytes of a page: a report of the longest clip stays far below. */
const LARGEST_PAGE = 64e6;

/** The parameters of every call of a window; what does not parse is refused. */
export const HOST_CALL_PARSERS: HostCallParsers = {
  'engine:connect': z.tuple([]),
  'files:pick': z.tuple([]),
  'files:dropped': z.tuple([z.array(text(32_768)).max(MOST_FILES)]),
  'files:listening': z.tuple([]),
  'files:sample': z.tuple([]),
  'recent:list': z.tuple([]),
  'recent:open': z.tuple([id]),
  'save:files': z.tuple([
    z
      .array(z.strictObject({ name: text(300).regex(WRITTEN), bytes: z.instanceof(ArrayBuffer) }))
      .min(1)
      .max(MOST_FILES),
  ]),
  'save:reveal': z.tuple([id]),
  'page:show': z.tuple([text(300), text(LARGEST_PAGE)]),
};
