import type { ZodType } from 'zod';
import type { HostCalls, Reply } from '../../contract/electron-bridge.ts';
import { PoseMendError } from '../../contract/errors.ts';
import { isAppUrl } from './app-scheme.ts';

/** Who sent a call. */
export interface CallEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Electron's ipcMain, as far as calls go. */
export interface CallReceiver {
  handle(channel: string, listener: (event: CallEvent, ...parameters: unknown[]) => Promise<unknown>): void;
}

/** The parameters of every call, as they must arrive. */
export type HostCallParsers = { readonly [C in keyof HostCalls]: ZodType<Parameters<HostCalls[C]>> };

/** What does the work of every call. Failures a user should read are PoseMendErrors. */
export type HostCallHandlers = {
  readonly [C in keyof HostCalls]: (
    ...parameters: Parameters<HostCalls[C]>
  ) => ReturnType<HostCalls[C]> | Promise<ReturnType<HostCalls[C]>>;
};

/**
 * Answers all calls of a window. The sender and the parameters are checked first, because the page is not trusted.
 * @param isOurs tells by id whether a WebContents is our window's
 * @param log is given what went wrong and is not for the user
 */
export function answerHostCalls(
  receiver: CallReceiver,
  isOurs: (contentsId: number) => boolean,
  parsers: HostCallParsers,
  handlers: HostCallHandlers,
  log: (channel: string, error: unknown) => void,
): void {
  const answer = <C extends keyof HostCalls>(channel: C): void => {
    const parser: ZodType<Parameters<HostCalls[C]>> = parsers[channel];
    receiver.handle(channel, async (event, ...parameters): Promise<Reply<ReturnType<HostCalls[C]>>> => {
      if (!isOurs(event.sender.id) || !isOwnPage(event)) return refused(channel, 'another page sent it');
      const parsed = parser.safeParse(parameters);
      if (!parsed.success) return refused(channel, 'its arguments are not what it takes');
      try {
        return { ok: true, value: await handlers[channel](...parsed.data) };
      } catch (error) {
        if (error instanceof PoseMendError) return { ok: false, message: error.message };
        // Messages of the system hold paths, which a page does not get.
        log(channel, error);
        return { ok: false, message: 'Something went wrong in the program. Try again, or start it again.' };
      }
    });
  };
  for (const channel of Object.keys(parsers) as (keyof HostCalls)[]) answer(channel);
}

/** Whether a call came from the top of a window that shows the application, not from a frame in it. */
export function isOwnPage(event: CallEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

function refused(channel: string, why: string): { ok: false; message: string } {
  return { ok: false, message: `The call '${channel}' was refused: ${why}.` };
}
