/** three.js layers: what every pane draws, what only panes of version A draw, and the same of B. */
export const LAYER_SHARED = 0;
export const LAYER_A = 1;
export const LAYER_B = 2;
