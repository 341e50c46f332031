/** Browsers drop downloads that start in the same instant. */
const PAUSE_MILLISECONDS = 150;
/** A download reads its bytes when the user has agreed to it, which may take a while. */
const KEEP_MILLISECONDS = 10 * 60_000;

/** Hands files to the browser's downloads, one after another; the browser keeps existing ones and asks where set to. */
export async function downloadFiles(
  shown: Document,
  files: readonly { readonly name: string; readonly bytes: Blob }[],
): Promise<void> {
  for (const [index, { name, bytes }] of files.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    const address = URL.createObjectURL(bytes);
    const link = shown.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), KEEP_MILLISECONDS);
  }
}
