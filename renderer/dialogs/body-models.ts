import type { GrantedFile } from '../../contract/host.ts';
import { host } from '../host/host.ts';

/** Body models the user gave in this session, by token, the latest last. They are asked for anew in the next. */
const given = new Map<string, GrantedFile>();

/** Asks for a body model file; null if the user thinks better of it. */
export async function pickBodyModel(): Promise<GrantedFile | null> {
  const file = await host.pickBodyModel();
  if (file !== null) given.set(file.token, file);
  return file;
}

/** What the file is called, also where it was given before the page was loaded again. */
export function bodyModelName(token: string): string {
  return given.get(token)?.name ?? 'your model file';
}

/** The one given last; null before the first. */
export function lastBodyModel(): GrantedFile | null {
  return [...given.values()].at(-1) ?? null;
}
