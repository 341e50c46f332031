import type { InputFormat } from '../../../contract/file-kinds.ts';

/** What a user calls a format: `BVH`. Files of one frame each are JSON, whatever holds them. */
export function formatText(format: InputFormat): string {
  return format === 'set' ? 'JSON' : format.toUpperCase();
}

/** What one of several people is called. Trackers number people; data sets name them. */
export function personTitle(id: string): string {
  return /^\d+$/.test(id) ? `Person ${id}` : id;
}
