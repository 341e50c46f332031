import type { Command } from 'commander';
import type { Session } from '../io.ts';
import { addLibraryAddCommand } from './library-add.ts';
import { addLibraryInfoCommand } from './library-info.ts';
import { addLibraryListCommand } from './library-list.ts';
import { addLibraryRebuildCommand } from './library-rebuild.ts';
import { addLibraryRemoveCommand } from './library-remove.ts';

const NOTES = `
Without --library the commands work on your own library, which the first "library add" makes. Refining takes
its references from the shipped library unless told otherwise: posemend refine ... --library FOLDER

Examples:
  posemend library add clean/*.bvh --person anna --tags walk,stairs --licence CC0
  posemend library list --tag walk
  posemend library remove --clip walk01`;

export function addLibraryCommand(program: Command, session: Session): void {
  const library = program
    .command('library')
    .summary('keep a library of clean reference windows')
    .description('Adds clean clips to a reference library, shows what is in it, and removes from it.')
    .addHelpText('after', NOTES);
  addLibraryAddCommand(library, session);
  addLibraryListCommand(library, session);
  addLibraryRemoveCommand(library, session);
  addLibraryRebuildCommand(library, session);
  addLibraryInfoCommand(library, session);
}
