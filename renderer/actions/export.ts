import type { ExportChoices, ExportDescription } from '../../contract/exports.ts';
import { engine, failureText } from '../engine/client.ts';
import { host } from '../host/host.ts';
import type { SavedFile } from '../host/host-bridge.ts';
import { announce } from '../state/activity.ts';

/** What an export would write. Throws an Error whose message is for the user. */
export async function describeExport(choices: ExportChoices): Promise<ExportDescription> {
  try {
    return await engine().exports.describe(choices);
  } catch (error) {
    throw new Error(failureText(error), { cause: error });
  }
}

/** Writes the described files where the user says; null if the user thinks better of it. Throws likewise. */
export async function runExport(
  choices: ExportChoices,
  description: ExportDescription,
): Promise<SavedFile | null> {
  try {
    const files: { name: string; bytes: Blob }[] = [];
    for (const file of description.files.keys()) {
      const { name, bytes } = await engine().exports.write({ choices, file });
      files.push({ name, bytes: bytes as Blob });
    }
    const saved = await host.saveFiles(files);
    if (saved !== null) announce(`Exported to ${saved.place}`);
    return saved;
  } catch (error) {
    throw new Error(failureText(error), { cause: error });
  }
}
