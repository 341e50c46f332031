/** Asks the browser's file dialog; empty if the user thinks better of it. */
export function pickFiles(
  shown: Document,
  suffixes: readonly string[],
  { several }: { readonly several: boolean },
): Promise<readonly File[]> {
  const input = shown.createElement('input');
  input.type = 'file';
  input.multiple = several;
  input.accept = suffixes.map((suffix) => `.${suffix}`).join(',');
  input.hidden = true;
  shown.body.append(input);
  return new Promise<readonly File[]>((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  }).finally(() => input.remove());
}
