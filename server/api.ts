import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { GrantedFile } from '../contract/host.ts';
import { assetsFolder } from '../native-model/inference/assets-folder.ts';
import type { EngineSupervisor } from '../native-model/process/engine-supervisor.ts';
import type { FileGrants } from '../native-model/process/file-grants.ts';
import { answerJson, answerRefusal } from './answers.ts';
import type { RequestGuard } from './request-guard.ts';
import { answerUpload } from './uploads.ts';

export interface ApiContext {
  readonly supervisor: EngineSupervisor;
  readonly grants: FileGrants;
  /** Files the program was started with. */
  readonly files: readonly GrantedFile[];
  /** Where uploads go. */
  readonly uploads: string;
  readonly guard: RequestGuard;
}

type Answer = (
  context: ApiContext,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | void;

const ROUTES: Readonly<Record<string, Answer>> = {
  // Admitted by its ticket, not by the token.
  'POST /api/token': ({ guard }, _request, response) => answerJson(response, { token: guard.token }),
  'GET /api/files': ({ files }, _request, response) => answerJson(response, files),
  'PUT /api/files': ({ uploads, grants }, request, response) =>
    answerUpload(uploads, grants, request, response),
  'GET /api/sample': ({ grants }, _request, response) => {
    const sample = join(assetsFolder(), 'samples', 'performance-noisy.bvh');
    answerJson(response, grants.grant(sample));
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
