import type { GrantedFile } from '../../contract/host.ts';

/** This window has no right to ask; only another address helps, so asking again does not. */
export class NotAdmitted extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotAdmitted';
  }
}

export interface EngineState {
  readonly isReady: boolean;
  /** Why there will be none; null where one runs or comes. */
  readonly problem: string | null;
}

/** The calls of the browser host's server, beside the engine's. Each throws an Error whose message is for the user. */
export class ServerCalls {
  readonly #token: Promise<string>;

  constructor(token: Promise<string>) {
    this.#token = token;
  }

  givenFiles(): Promise<readonly GrantedFile[]> {
    return this.#ask('/api/files');
  }

  sample(): Promise<GrantedFile> {
    return this.#ask('/api/sample');
  }

  engineState(): Promise<EngineState> {
    return this.#ask('/api/engine');
  }

  upload(file: File): Promise<GrantedFile> {
    const lost = `${file.name}: could not be read (is it a folder, or was it changed?), or PoseMend has ended`;
    return this.#ask(`/api/files?name=${encodeURIComponent(file.name)}`, { method: 'PUT', body: file }, lost);
  }

  async #ask<T>(
    path: string,
    init: RequestInit = {},
    lost = 'PoseMend does not answer; start it again and open the address it prints',
  ): Promise<T> {
    const token = await this.#token;
    if (token === '') {
      throw new NotAdmitted(
        'this address lacks its token; open the whole address that posemend serve printed',
      );
    }
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers: { authorization: `Bearer ${token}` } });
    } catch (error) {
      throw new Error(lost, { cause: error });
    }
    if (response.ok) return response.json();
    const { message } = await response
      .json()
      .catch(() => ({ message: `PoseMend answered ${response.status}` }));
    throw response.status === 401 ? new NotAdmitted(message) : new Error(message);
  }
}
