import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { GrantedFile } from '../contract/host.ts';
import { assetsFolder } from '../native-model/inference/assets-folder.ts';
import type { EngineSupervisor } from '../native-model/process/engine-supervisor.ts';
import { answerJson, answerRefusal } from './answers.ts';
import type { FileShelf } from './file-shelf.ts';
import { answerUpload } from './uploads.ts';

export interface ApiContext {
  readonly supervisor: EngineSupervisor;
  readonly shelf: FileShelf;
  /** Files the program was started with. */
  readonly files: readonly GrantedFile[];
  /** Where uploads go. */
  readonly uploads: string;
}

type Answer = (
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | void;

const ROUTES: Readonly<Record<string, Answer>> = {
  'GET /api/files': ({ files }, _request, response) => answerJson(response, files),
  'PUT /api/files': ({ uploads, shelf }, request, response) =>
    answerUpload(uploads, shelf, request, response),
  'GET /api/sample': ({ shelf }, _request, response) => {
    const sample = join(assetsFolder(), 'samples', 'performance-noisy.bvh');
    answerJson(response, shelf.addOwn(sample));
  },
  // A browser cannot read why a WebSocket was refused; this tells.
  'GET /api/engine': ({ supervisor }, _request, response) =>
    answerJson(response, { isReady: supervisor.isReady, problem: supervisor.problem }),
};

/** For end-to-end tests alone: how the window takes the engine's death. */
const TEST_ROUTES: Readonly<Record<string, Answer>> = {
  'POST /api/test/kill-engine': ({ supervisor }, _request, response) => {
    supervisor.kill();
    answerJson(response, {});
  },
};

/** Answers an admitted call of the window's host bridge. */
export async function answerApi(
  context: ApiContext,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = `${request.method} ${pathname}`;
  const routes = process.env.POSEMEND_TEST === '1' ? { ...ROUTES, ...TEST_ROUTES } : ROUTES;
  if (!Object.hasOwn(routes, name)) {
    answerRefusal(response, { status: 404, message: `there is no ${name}` });
    return;
  }
  await routes[name](context, request, response);
}
