import { notifications } from '@mantine/notifications';
import { host } from '../host/host.ts';
import { NotAdmitted } from '../host/server-calls.ts';
import { announce, setActivity, useActivity } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { engine, failureText, setEnginePort } from './client.ts';

const RETRY_MS = 1000;
const MOST_RETRIES = 30;

/**
 * Connects to the engine and stays connected: when it stops, the window waits for the host to start it again and
 * hands it the open clips back. Takes are on disk and need no handing over.
 */
export async function keepConnected(): Promise<void> {
  let problem: string | null = null;
  for (let failures = 0; failures < MOST_RETRIES; ) {
    try {
      const port = await host.connect();
      const closed = new Promise<void>((resolve) => port.addEventListener('close', resolve));
      setEnginePort(port);
      await reopenClips();
      setActivity({ engine: 'ready', engineProblem: null, engineInfo: await engine().about() });
      failures = 0;
      problem = null;
      await closed;
    } catch (error) {
      failures++;
      setEnginePort(null);
      problem = error instanceof Error ? error.message : String(error);
      // Asking again cannot help a window that was opened without its token.
      if (error instanceof NotAdmitted) break;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    setEnginePort(null);
    const wasReady = useActivity.getState().engine === 'ready';
    setActivity({ engine: 'restarting' });
    if (wasReady)
      announce('The engine stopped and is being started again. Your clips and takes are still here.');
  }
  setActivity({ engine: 'lost', engineProblem: problem });
}

/** The engine forgot them, the window did not. */
async function reopenClips(): Promise<void> {
  for (const [id, { file, choices }] of Object.entries(useDocument.getState().clips)) {
    try {
      await engine().clips.open({ file: file.token, choices, id });
    } catch (error) {
      notifications.show({
        color: 'red',
        title: `${file.name} could not be read again`,
        message: failureText(error),
      });
    }
  }
}
