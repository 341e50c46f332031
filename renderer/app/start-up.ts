import { dropUnreachable } from '../actions/drop-unreachable.ts';
import { followActiveClip, openGranted, openSample } from '../actions/open-files.ts';
import { keepConnected } from '../engine/connection.ts';
import { host } from '../host/host.ts';
import { runCommand } from '../shortcuts/commands.ts';
import { useActivity } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { playback } from '../state/playback.ts';
import { recallSession, rememberSession } from '../state/session-memory.ts';
import { useView } from '../state/view.ts';
import { startTour } from '../tour/tour.ts';

/** What happens once, when the window opens. */
export function startUp(): void {
  const recalled = recallSession();
  if (recalled !== null) {
    useDocument.setState(recalled);
    useDocument.temporal.getState().clear();
  }
  rememberSession();
  dropUnreachable();
  followActiveClip();
  followLoop();
  void keepConnected();
  host.onCommand((id) => {
    // The system's menu answers to its keys even while a dialog is open.
    if (useActivity.getState().dialog === null) runCommand(id);
  });
  let givenFiles = 0;
  host.onFiles((files) => {
    givenFiles += files.length;
    // After a reload the files of the command line are given again, and are open already.
    const { order, clips } = useDocument.getState();
    const open = new Set(order.map((id) => clips[id]?.file.token));
    void whenReady(() => openGranted(files.filter(({ token }) => !open.has(token))));
  });
  void whenReady(async () => {
    // Files named on the command line arrive first; only an empty first run shows the sample.
    if (useView.getState().tourDone || givenFiles > 0 || recalled !== null) return;
    await openSample();
    if (useDocument.getState().order.length > 0) startTour();
  });
}

/** Playing stays inside the in and out points where the user wants that. */
function followLoop(): void {
  const follow = (): void => {
    const { activeClip, edits } = useDocument.getState();
    const range = activeClip === null ? null : edits[activeClip].range;
    playback.setLoop(useView.getState().loopRange ? range : null);
  };
  useDocument.subscribe(follow);
  useView.subscribe(follow);
  playback.onState(follow);
}

async function whenReady(action: () => Promise<void>): Promise<void> {
  if (useActivity.getState().engine !== 'ready') {
    await new Promise<void>((resolve) => {
      const stop = useActivity.subscribe(({ engine }) => {
        if (engine !== 'ready') return;
        stop();
        resolve();
      });
    });
  }
  await action();
}
