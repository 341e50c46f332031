import { notifications } from '@mantine/notifications';
import { unpackArrays } from '../../contract/pack.ts';
import { engine, failureText, isGone } from '../engine/client.ts';
import { setActivity, useActivity } from '../state/activity.ts';
import { useDocument } from '../state/document.ts';
import { poseShelf } from '../state/poses.ts';

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
      if (poseShelf.poses(id) === undefined) forget(id);
      notifications.show({
        color: 'red',
        title: `${file.name} could not be opened again`,
        message: failureText(error),
      });
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
    const info = await engine().takes.info({ take });
    const frames = await engine().takes.frames({ take });
    poseShelf.putTake(take, unpackArrays(await frames.arrayBuffer()));
    useDocument.setState({ takes: { ...useDocument.getState().takes, [take]: info } });
  }
  setActivity({ posesVersion: useActivity.getState().posesVersion + 1 });
}

function forget(clip: string): void {
  const { order, activeClip, clips } = useDocument.getState();
  const rest = order.filter((other) => other !== clip);
  useDocument.setState({
    order: rest,
    activeClip: activeClip === clip ? (rest[0] ?? null) : activeClip,
    clips: Object.fromEntries(Object.entries(clips).filter(([id]) => id !== clip)),
  });
}
