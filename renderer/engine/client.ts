import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { EngineContract } from '../../contract/api.ts';
import type { EnginePort } from '../host/host-bridge.ts';

export type EngineClient = ContractRouterClient<EngineContract>;

/** The engine stopped while, or before, it was asked. */
export class EngineGone extends Error {
  constructor() {
    super('the engine is being started again; try once more in a moment');
    this.name = 'EngineGone';
  }
}

let current: EngineClient | null = null;

/** The engine's calls. Throws EngineGone while there is none. */
export function engine(): EngineClient {
  if (current === null) throw new EngineGone();
  return current;
}

/** Talks to the engine at a port from now on; null: there is none. */
export function setEnginePort(port: EnginePort | null): void {
  // biome-ignore lint/suspicious/noExplicitAny: the link's type of a port is structural, with DOM's overloads
  current = port === null ? null : createORPCClient(new RPCLink({ port: port as any }));
  port?.start?.();
}

/** What a user is told about a failed call. */
export function failureText(error: unknown): string {
  if (error instanceof ORPCError) {
    return error.code === 'BAD_REQUEST' ? `the engine refused the request: ${error.message}` : error.message;
  }
  if (isGone(error)) return new EngineGone().message;
  return error instanceof Error ? error.message : String(error);
}

/** Whether the user, not a fault, ended a call. */
export function isCancelled(error: unknown): boolean {
  return error instanceof ORPCError && error.code === 'CANCELLED';
}

/** Whether a call failed because the engine stopped. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof EngineGone || (error instanceof Error && error.name === 'AbortError') || current === null
  );
}
