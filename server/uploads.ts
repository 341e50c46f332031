import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cleanName } from '../native-model/process/clean-name.ts';
import type { FileGrants } from '../native-model/process/file-grants.ts';
import { answerJson, answerRefusal } from './answers.ts';
import type { Refusal } from './request-guard.ts';

/** 2 GB: an hour of 120 frames a second with 1500 channels, written as text. */
export const MOST_UPLOAD_BYTES = 2 * 1024 ** 3;

class TooLarge extends Error {}

/** Writes the request's body to a folder of its own below `folder` and answers with the file as it was granted. */
export async function answerUpload(
  folder: string,
  grants: FileGrants,
  request: IncomingMessage,
  response: ServerResponse,
  mostBytes: number = MOST_UPLOAD_BYTES,
): Promise<void> {
  const asked = new URL(request.url ?? '/', 'http://localhost').searchParams.get('name') ?? '';
  const name = cleanName(asked);
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) {
    answerRefusal(response, tooLarge(name, mostBytes));
    return;
  }
  try {
    const path = await writeAlone(folder, name, request, mostBytes);
    answerJson(response, grants.grantUpload(path), 201);
  } catch (error) {
    // The sender may have gone; then nobody reads this.
    if (!response.destroyed) answerRefusal(response, explain(error, name, mostBytes));
  }
}

/** Writes a body into a folder of its own and returns its path; leaves nothing where that fails. */
async function writeAlone(
  folder: string,
  name: string,
  request: IncomingMessage,
  mostBytes: number,
): Promise<string> {
  const own = await mkdtemp(join(folder, 'upload-'));
  const path = join(own, name);
  try {
    await pipeline(request, capped(mostBytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return path;
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw error;
  }
}

function capped(mostBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > mostBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

function explain(error: unknown, name: string, mostBytes: number): Refusal {
  if (error instanceof TooLarge) return tooLarge(name, mostBytes);
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return { status: 507, message: `${name}: the disk of the temporary folder is full; make room there` };
  }
  if (code === 'ENOENT') {
    const message = `${name}: the temporary folder of this run is gone; start PoseMend anew`;
    return { status: 500, message };
  }
  return { status: 500, message: `${name}: could not be taken over (${code}); try again` };
}

function tooLarge(name: string, mostBytes: number): Refusal {
  const gigabytes = Number((mostBytes / 1024 ** 3).toFixed(2));
  return {
    status: 413,
    message: `${name}: files above ${gigabytes} GB cannot be opened in the browser; split it, or use posemend refine`,
  };
}
