import { type Axis, frameCentre } from './axis.ts';
import classes from './Tracks.module.css';
import { usePlayhead } from './use-playhead.ts';

/** The line through all tracks; moved by a transform alone. */
export function Playhead({ axis, hasHead }: { readonly axis: Axis; readonly hasHead: boolean }) {
  const line = usePlayhead<HTMLDivElement>((element, frame) => {
    element.style.transform = `translateX(${frameCentre(axis, frame)}px)`;
  });
  return (
    <div className={classes.playheadBox} style={{ width: axis.width }}>
      <div ref={line} className={classes.playhead} data-head={hasHead} />
    </div>
  );
}
