import classes from './Viewport.module.css';

/** Where nothing can be drawn: what still works, and what to do. */
export function NoWebGl() {
  return (
    <div className={classes.notice} role="alert">
      <p className={classes.noticeTitle}>The clip cannot be drawn here</p>
      <p className={classes.noticeText}>
        WebGL 2 is not available in this window. Turn on hardware acceleration in the browser's settings,
        update the graphics driver, or use another browser. Refining, the timeline and export work without it.
      </p>
    </div>
  );
}
