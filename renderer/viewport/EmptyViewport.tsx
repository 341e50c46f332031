import { Button, Loader } from '@mantine/core';
import { FolderOpen, PersonStanding } from 'lucide-react';
import { openSample, openWithPicker } from '../actions/open-files.ts';
import { useActivity } from '../state/activity.ts';
import classes from './Viewport.module.css';

/** Before the first clip: how to get one. */
export function EmptyViewport() {
  const opening = useActivity((activity) => activity.opening);
  if (opening.length > 0) return <LoadingViewport what={opening.join(', ')} />;
  return (
    <div className={classes.notice}>
      <PersonStanding size={56} strokeWidth={1} aria-hidden className={classes.noticeIcon} />
      <div>
        <p className={classes.noticeTitle}>Drop a motion clip here</p>
        <p className={classes.noticeText}>
          BVH, FBX, GLB, SMPL and AMASS, NPY, keypoint JSON, CSV, TRC or C3D
        </p>
      </div>
      <div className={classes.noticeActions}>
        <Button
          size="xs"
          leftSection={<FolderOpen size={14} aria-hidden />}
          onClick={() => void openWithPicker()}
        >
          Open
        </Button>
        <Button size="xs" variant="default" onClick={() => void openSample()}>
          Open the sample
        </Button>
      </div>
    </div>
  );
}

/** While frames are on their way. */
export function LoadingViewport({ what }: { readonly what: string }) {
  return (
    <div className={classes.notice} role="status">
      <Loader size="sm" aria-hidden />
      <p className={classes.noticeText}>Opening {what}</p>
    </div>
  );
}
