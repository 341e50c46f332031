import type { Ref } from 'react';
import type { Camera } from 'three';
import classes from '../Viewport.module.css';

const LENGTH = 17;
const LETTER = 24;
const AXES = ['x', 'y', 'z'] as const;

/** The world's axes as the camera sees them, and which way is up. Its lines are written by `writeAxes`. */
export function AxisBadge({ note, axes }: { readonly note: string; readonly axes: Ref<SVGSVGElement> }) {
  return (
    <div className={classes.axisBadge}>
      <svg ref={axes} width="64" height="64" viewBox="-32 -32 64 64" aria-hidden="true">
        {AXES.map((axis) => (
          <g key={axis} className={classes[`axis-${axis}`]}>
            <line x1="0" y1="0" x2="0" y2="0" strokeWidth="2" strokeLinecap="round" />
            <text textAnchor="middle" dominantBaseline="central" fontSize="11">
              {axis.toUpperCase()}
            </text>
          </g>
        ))}
      </svg>
      <span>{note}</span>
    </div>
  );
}

/** Turns the badge's axes as the camera stands. */
export function writeAxes(badge: SVGSVGElement, camera: Camera): void {
  // Rows of the view rotation: what the camera has right and up of each world axis.
  const view = camera.matrixWorldInverse.elements;
  for (let axis = 0; axis < 3; axis++) {
    const right = view[axis * 4];
    const up = view[axis * 4 + 1];
    const group = badge.children[axis];
    const line = group.children[0];
    line.setAttribute('x2', (right * LENGTH).toFixed(1));
    line.setAttribute('y2', (-up * LENGTH).toFixed(1));
    const text = group.children[1];
    text.setAttribute('x', (right * LETTER).toFixed(1));
    text.setAttribute('y', (-up * LETTER).toFixed(1));
  }
}
