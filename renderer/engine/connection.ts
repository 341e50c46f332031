import { notifications } from '@mantine/notifications';
import { reopenSession } from '../actions/reopen-session.ts';
import { host } from '../host/host.ts';
import type { EnginePort } from '../host/host-bridge.ts';
import { NotAdmitted } from '../host/server-calls.ts';
import { announce, setActivity } from '../state/activity.ts';
import { engine, setEnginePort } from './client.ts';

const RETRY_MS = 1000;
const MOST_RETRIES = 30;

/**
 * Connects to the engine and stays connected: when it stops, the window waits for the host to start it again and
 * hands it the open clips back. Takes are on disk and need no handing over.
 */
export async function keepConnected(): Promise<void> {
  let problem: string | null = null;
  let hasStopped = false;
  for (let failures = 0; failures < MOST_RETRIES; ) {
    let port: EnginePort | null = null;
    try {
      port = await host.connect();
      const closed = closeOf(port);
      setEnginePort(port);
      await reopenSession();
      setActivity({ engine: 'ready', engineProblem: null, engineInfo: await engine().about() });
      failures = 0;
      problem = null;
      if (hasStopped) tellRestart();
      await closed;
      hasStopped = true;
    } catch (error) {
      failures++;
      setEnginePort(null);
      port?.close();
      problem = error instanceof Error ? error.message : String(error);
      // Asking again cannot help a window that was opened without its token.
      if (error instanceof NotAdmitted) break;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
    setEnginePort(null);
    setActivity({ engine: 'restarting' });
  }
  setActivity({ engine: 'lost', engineProblem: problem });
}

function closeOf(port: EnginePort): Promise<void> {
  return new Promise((resolve) => port.addEventListener('close', resolve));
}

/** The banner was there for as long as the engine was not; this stays until it is read. */
function tellRestart(): void {
  const title = 'The engine stopped and was started again';
  const message = 'Your clips and takes are still here. A run that was in progress has to be repeated.';
  notifications.show({ id: 'engine-restarted', color: 'orange', title, message, autoClose: false });
  announce(`${title}. ${message}`);
}
