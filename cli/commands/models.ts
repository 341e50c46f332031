import type { Command } from 'commander';
import type { ModelInfo } from '../../native-model/index.ts';
import { type Session, writeLine } from '../io.ts';
import { unknownModel } from '../model-choice.ts';
import { figure, textTable } from '../text-table.ts';

const NOTES = `
Examples:
  posemend models
  posemend models gaussian --json`;

export function addModelsCommand(program: Command, session: Session): void {
  program
    .command('models')
    .summary('list the refiners there are')
    .description('Lists the refiners that --model can name, or prints the card of one.')
    .argument('[name]', 'the one to print the card of')
    .option('--json', 'print JSON')
    .addHelpText('after', NOTES)
    .action((name: string | undefined, flags: { readonly json?: boolean }) => models(session, name, flags));
}

async function models(
  { io }: Session,
  name: string | undefined,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const { defaultModelName, listModels } = await import('../../native-model/index.ts');
  const found = await listModels();
  const fallback = defaultModelName();
  if (name === undefined) {
    if (json) {
      io.stdout.write(`${JSON.stringify({ default: fallback, models: found }, null, 2)}\n`);
      return;
    }
    const rows = found.map((model) => [
      `${model.name}${model.name === fallback ? ' (default)' : ''}`,
      model.kind,
      model.version,
      summaryOf(model),
    ]);
    for (const line of textTable([['name', 'kind', 'version', ''], ...rows])) writeLine(io.stdout, line);
    if (!found.some((model) => model.name === fallback)) {
      writeLine(io.stdout, `The default, ${fallback}, is not installed; name another with --model.`);
    }
    return;
  }
  const model = found.find((candidate) => candidate.name === name);
  if (model === undefined) {
    throw unknownModel(
      name,
      found.map((candidate) => candidate.name),
    );
  }
  if (json) io.stdout.write(`${JSON.stringify(model, null, 2)}\n`);
  else for (const line of cardLines(model)) writeLine(io.stdout, line);
}

function summaryOf({ title, card, problem }: ModelInfo): string {
  if (problem !== undefined) return `cannot be used: ${problem}`;
  if (typeof card?.metrics.headline === 'string') return `${title}: ${card.metrics.headline}`;
  const figures = card === null ? [] : flatNumbers(card.metrics).slice(0, 4);
  if (figures.length === 0) return title;
  return `${title}: ${figures.map(([key, value]) => `${key} ${figure(value)}`).join(', ')}`;
}

function cardLines({ name, kind, version, title, card, problem }: ModelInfo): string[] {
  const lines = [`${name} ${version} (${kind}): ${title}`];
  if (problem !== undefined) return [...lines, `cannot be used: ${problem}`];
  if (card === null) return [...lines, 'A filter: it needs no model file and consults no references.'];
  const rows = Object.entries(card)
    .filter(([key]) => !['name', 'title', 'version'].includes(key))
    .map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
  return [...lines, ...textTable(rows).map((line) => `  ${line}`)];
}

/** The numbers of a nested record with their paths, in order. */
function flatNumbers(record: Readonly<Record<string, unknown>>, path = ''): [string, number][] {
  return Object.entries(record).flatMap(([key, value]): [string, number][] => {
    if (typeof value === 'number') return [[path + key, value]];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return flatNumbers(value as Record<string, unknown>, `${path}${key}.`);
  });
}
