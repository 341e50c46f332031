/** Whether this window can draw in three dimensions. Asked once: every question costs a context. */
export function hasWebGl(): boolean {
  known ??= probe();
  return known;
}

let known: boolean | null = null;

function probe(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
