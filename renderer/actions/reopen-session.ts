import { notifications } from '@mantine/notifications';
import { unpackArrays } from '../../contract/pack.ts';
import { engine, failureText, isGone } from '../engine/client.ts';
import { setActivity, useActivity } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';
import { versionTitle } from '../state/selectors.ts';
import { forgetClip, forgetTake } from '../state/take-history.ts';

/**
 * Gives an engine that was started again the window's clips back, and a page that was loaded again the frames of its
 * clips and takes. What the engine no longer has is taken off the list, and the user is told.
 */
export async function reopenSession(): Promise<void> {
  const { clips } = useDocument.getState();
  for (const [id, { file, choices }] of Object.entries(clips)) {
    try {
      await engine().clips.open({ file: file.token, choices, id });
      await fetchFrames(id);
    } catch (error) {
      // The engine stopped again: nothing is wrong with the clip, and the connection tries once more.
      if (isGone(error)) throw error;
      const { order } = useDocument.getState();
      if (!order.includes(id)) continue;
      if (poseShelf.poses(id) === undefined) forgetClip(id);
      tell(id, `${file.name} could not be opened again`, error);
    }
  }
}

async function fetchFrames(clip: string): Promise<void> {
  if (poseShelf.poses(clip) === undefined) {
    const frames = await engine().clips.frames({ clip });
    poseShelf.putClip(clip, unpackArrays(await frames.arrayBuffer()));
  }
  const own = useDocument.getState().edits[clip]?.takes ?? [];
  for (const take of own) {
    if (poseShelf.poses(take) !== undefined) continue;
    try {
      const info = await engine().takes.info({ take });
      const frames = await engine().takes.frames({ take });
      poseShelf.putTake(take, unpackArrays(await frames.arrayBuffer()));
      useDocument.setState({ takes: { ...useDocument.getState().takes, [take]: info } });
    } catch (error) {
      if (isGone(error)) throw error;
      const { edits } = useDocument.getState();
      tell(take, `${versionTitle(edits[clip], take)} is no longer there`, error);
      forgetTake(clip, take);
    }
  }
  setActivity({ posesVersion: useActivity.getState().posesVersion + 1 });
}

/** Once for a clip or take, however often the engine is started again meanwhile. */
function tell(id: string, title: string, error: unknown): void {
  notifications.show({
    id: `gone-${id}`,
    color: 'red',
    title,
    message: failureText(error),
    autoClose: false,
  });
}
