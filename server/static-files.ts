import { createReadStream, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** The bundler writes a hash of the content into these names: `assets/index-Bx1c_9Zq.js`. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/** Answers with a file of the window's folder; only what lies in it, links followed. */
export async function answerStatic(
  folder: string,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const file = await findFile(folder, pathname);
  if (file === null) {
    response.writeHead(404, { 'content-type': TYPES['.txt'] }).end('There is no such page.\n');
    return;
  }
  const { path, stats } = file;
  const tag = `W/"${stats.size.toString(16)}-${Math.round(stats.mtimeMs).toString(16)}"`;
  const headers = {
    etag: tag,
    'cache-control': HASHED.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'content-type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': stats.size,
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(path), response);
}

async function findFile(
  folder: string,
  pathname: string,
): Promise<{ readonly path: string; readonly stats: Stats } | null> {
  const asked = decode(pathname);
  // A colon or a backslash leads elsewhere on Windows; a name with a dot in front is nobody's to see.
  if (asked === null || /[\0:\\]|\/\./.test(asked)) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, asked.endsWith('/') ? `${asked}index.html` : asked));
    const stats = await stat(path);
    return path.startsWith(root + sep) && stats.isFile() ? { path, stats } : null;
  } catch {
    return null;
  }
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
