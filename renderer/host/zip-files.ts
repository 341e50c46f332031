import { Zip, ZipPassThrough } from 'fflate';

/** What a ZIP without its 64-bit extension can list. */
const MOST_FILES = 65_535;

/** A ZIP of files as they are. Each is read for itself, so that the page goes on between thousands of them. */
export async function zipFiles(
  name: string,
  files: readonly { readonly name: string; readonly bytes: Blob }[],
): Promise<File> {
  if (files.length > MOST_FILES) {
    throw new Error(`${name}: ${files.length} files are too many for one ZIP; give ${MOST_FILES} at most`);
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    parts.push(part as Uint8Array<ArrayBuffer>);
  });
  for (const { name: inside, bytes } of files) {
    const content = new Uint8Array(await bytes.arrayBuffer());
    const entry = new ZipPassThrough(inside);
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  return new File(parts, name, { type: 'application/zip' });
}
