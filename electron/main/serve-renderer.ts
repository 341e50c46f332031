import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { APP_POLICY, isAppUrl } from './app-scheme.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Answers a request of the application's page with a file of the built renderer; anything else is a 404. */
export async function serveRenderer(
  request: { readonly method: string; readonly url: string },
  folder: string,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const path = isAppUrl(request.url) ? pathInFolder(new URL(request.url).pathname, folder) : null;
  const type = path === null ? undefined : CONTENT_TYPES[extname(path)];
  if (path === null || type === undefined) return refusal(404);
  try {
    // A link in the folder must not lead out of it.
    const [place, root] = await Promise.all([realpath(path), realpath(folder)]);
    if (!place.startsWith(root + sep)) return refusal(404);
    const bytes = request.method === 'HEAD' ? null : await readFile(place);
    return new Response(bytes, { headers: headersFor(type) });
  } catch {
    return refusal(404);
  }
}

/** The file a URL's path names inside a folder; null if it names none, or means to leave the folder. */
export function pathInFolder(urlPath: string, folder: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  const steps = decoded.split('/').filter((step) => step !== '');
  // ':' would name a drive or a stream on Windows.
  const isPlain = steps.every((step) => step !== '..' && step !== '.' && !/[\\:\0]/.test(step));
  if (!isPlain) return null;
  return steps.length === 0 ? join(folder, 'index.html') : join(folder, ...steps);
}

function headersFor(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': APP_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: headersFor('text/plain') });
}
