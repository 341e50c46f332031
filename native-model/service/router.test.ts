import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EngineContract } from '../../contract/api.ts';
import type { Bytes, ClipInfo } from '../../contract/clips.ts';
import type { ExportChoices } from '../../contract/exports.ts';
import { float32Of, unpackArrays } from '../../contract/pack.ts';
import type { RefineChoices, RefineEvent, TakeInfo } from '../../contract/takes.ts';
import { openClip } from '../formats/open-clip.ts';
import { encodeTake, refineClip } from '../index.ts';
import { assetsFolder } from '../inference/assets-folder.ts';
import { EngineSession } from './engine-session.ts';
import { createRouter } from './router.ts';

const SAMPLE = join(assetsFolder(), 'samples', 'performance-noisy.bvh');
const CHOICES: RefineChoices = {
  model: 'synsp++',
  strength: 1,
  featherFrames: 0,
  useLibrary: true,
  tags: [],
  device: 'cpu',
};

let workspace: string;
let session: EngineSession;
let client: ContractRouterClient<EngineContract>;
let ports: MessageChannel;

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'posemend-router-'));
  ({ session, client, ports } = connect(workspace));
});

afterAll(async () => {
  ports.port1.close();
  await session.dispose();
  rmSync(workspace, { recursive: true, force: true });
});

function connect(folder: string) {
  const ports = new MessageChannel();
  const session = new EngineSession(folder);
  session.clips.grant('sample', SAMPLE);
  new RPCHandler(createRouter(session)).upgrade(ports.port2, { context: {} });
  ports.port2.start();
  const client: ContractRouterClient<EngineContract> = createORPCClient(new RPCLink({ port: ports.port1 }));
  ports.port1.start();
  return { ports, session, client };
}

async function arraysOf(bytes: Bytes) {
  return unpackArrays(await bytes.arrayBuffer());
}

async function refine(clip: ClipInfo, choices = CHOICES): Promise<{ take: TakeInfo; events: RefineEvent[] }> {
  const events: RefineEvent[] = [];
  for await (const event of await client.takes.refine({ clip: clip.id, choices })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'done') throw new Error('the stream ended without a take');
  return { take: last.take, events };
}

test('the engine says what it can do', async () => {
  const about = await client.about();
  expect(about.models.map(({ name }) => name)).toEqual(expect.arrayContaining(['synsp++', 'butterworth']));
  expect(about.library?.entries).toBeGreaterThan(1000);
  expect(about.version).toMatch(/^\d+\.\d+\.\d+$/);
});

test('a clip opens without its path, and its frames are those of the file', async () => {
  const info = await client.clips.open({ file: 'sample', choices: {} });
  expect(JSON.stringify(info)).not.toContain(assetsFolder());
  const opened = await openClip(SAMPLE);
  const arrays = await arraysOf(await client.clips.frames({ clip: info.id }));
  const positions = float32Of(arrays, 'positions');
  expect(positions.length).toBe(info.frameCount * info.drawing.names.length * 3);
  const { map } = opened.source as Extract<typeof opened.source, { kind: 'skeleton' }>;
  // A body joint that is one node of the skeleton is drawn where body-17 has it.
  const ankle = info.drawing.body17[3];
  expect(map[3]).toHaveLength(1);
  const at = (100 * info.drawing.names.length + ankle) * 3;
  for (let axis = 0; axis < 3; axis++) {
    expect(positions[at + axis]).toBeCloseTo(opened.body17[(100 * 17 + 3) * 3 + axis], 5);
  }
});

test('a refine streams its progress and its take exports to what the command line writes', async () => {
  const info = await client.clips.open({ file: 'sample', choices: {} });
  const { take, events } = await refine(info);
  const shares = events.flatMap((event) => (event.kind === 'progress' ? [event.share] : []));
  expect(shares.length).toBeGreaterThan(1);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const arrays = await arraysOf(await client.takes.frames({ take: take.id }));
  expect(float32Of(arrays, 'pqe')).toHaveLength(info.frameCount);
  expect(float32Of(arrays, 'jointErrorMm')).toHaveLength(info.frameCount * 17);
  const written = await client.exports.write({
    choices: { clip: info.id, takes: [take.id], raw: false, format: 'bvh', unit: 'as-input', up: 'as-input' },
    file: 0,
  });
  expect(written.name).toBe('performance-noisy-refined.bvh');
  const direct = await refineClip(await openClip(SAMPLE), {
    model: 'synsp++',
    strength: 1,
    device: 'cpu',
    library: 'default',
  });
  expect(
    Buffer.from(await written.bytes.arrayBuffer()).equals(Buffer.from(await encodeTake(direct, 'bvh'))),
  ).toBe(true);
});

test('takes outlive the engine: a new one on the same folder has them', async () => {
  const info = await client.clips.open({ file: 'sample', choices: {} });
  const { take } = await refine(info, { ...CHOICES, model: 'gaussian' });
  const choices: ExportChoices = {
    clip: info.id,
    takes: [take.id],
    raw: false,
    format: 'bvh',
    unit: 'as-input',
    up: 'as-input',
  };
  const before = await client.exports.write({ choices, file: 0 });
  const again = connect(workspace);
  await expect(again.client.clips.frames({ clip: info.id })).rejects.toThrow('not open');
  await again.client.clips.open({ file: 'sample', choices: {}, id: info.id });
  const after = await again.client.exports.write({ choices, file: 0 });
  expect(await after.bytes.arrayBuffer()).toEqual(await before.bytes.arrayBuffer());
  again.ports.port1.close();
  await again.session.dispose();
});

test('a cancelled refine ends with a cancel and leaves no take', async () => {
  const own = mkdtempSync(join(tmpdir(), 'posemend-router-'));
  const other = connect(own);
  const info = await other.client.clips.open({ file: 'sample', choices: {} });
  const cancel = new AbortController();
  const events = await other.client.takes.refine(
    { clip: info.id, choices: CHOICES },
    { signal: cancel.signal },
  );
  const reading = (async () => {
    for await (const event of events) {
      expect(event.kind).not.toBe('done');
      if (event.kind === 'progress' && event.share > 0) cancel.abort();
    }
  })();
  await expect(reading).rejects.toThrow();
  // The queue is free again: another refine goes through.
  for await (const event of await other.client.takes.refine({
    clip: info.id,
    choices: { ...CHOICES, model: 'median' },
  })) {
    if (event.kind === 'done') expect(event.take.choices.model).toBe('median');
  }
  const { readdirSync } = await import('node:fs');
  expect(readdirSync(join(own, 'takes'))).toHaveLength(1);
  other.ports.port1.close();
  await other.session.dispose();
  rmSync(own, { recursive: true, force: true });
});

test('references around a frame come with poses where the clip is', async () => {
  const info = await client.clips.open({ file: 'sample', choices: {} });
  const answer = await client.references.at({
    clip: info.id,
    frame: 200,
    count: 3,
    model: 'synsp++',
    tags: [],
  });
  expect(answer.items).toHaveLength(3);
  expect(answer.frames).toContain(200);
  const distances = answer.items.map(({ distance }) => distance);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  const poses = float32Of(await arraysOf(answer.poses), 'poses');
  expect(poses).toHaveLength(3 * answer.frames.length * 17 * 3);
  const { body17 } = await openClip(SAMPLE);
  const frame = answer.frames[0];
  // The same place: pelvis of the reference within a step of the clip's.
  expect(Math.hypot(poses[0] - body17[frame * 51], poses[2] - body17[frame * 51 + 2])).toBeLessThan(0.5);
});

test('a file nobody gave, a clip nobody opened and arguments of the wrong kind are refused', async () => {
  await expect(client.clips.open({ file: '/etc/passwd', choices: {} })).rejects.toThrow('not opened through');
  await expect(client.clips.frames({ clip: 'clip-unknown' })).rejects.toThrow('is not open');
  const error = await client.clips
    .open({ file: 'sample', choices: { fps: -1 } })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ORPCError);
  expect((error as ORPCError<string, unknown>).code).toBe('BAD_REQUEST');
  await expect(client.clips.frames({ clip: '../../etc' })).rejects.toThrow();
});

test('a message about a file names it without its folder', async () => {
  const { writeFileSync } = await import('node:fs');
  const path = join(workspace, 'broken.bvh');
  writeFileSync(path, 'HIERARCHY\nROOT Hips\n');
  session.clips.grant('broken', path);
  const error = await client.clips.open({ file: 'broken', choices: {} }).catch((reason: unknown) => reason);
  expect((error as Error).message).toMatch(/^broken\.bvh:\d/);
  expect((error as ORPCError<string, unknown>).code).toBe('INPUT');
});

test('a foot lock chosen in the window reaches the take, and choices without one mean none', async () => {
  const info = await client.clips.open({ file: 'sample', choices: {} });
  const filtered = { ...CHOICES, model: 'gaussian' };
  const { take: off } = await refine(info, filtered);
  const { take: auto } = await refine(info, { ...filtered, footLock: 'auto' });
  expect(off.report.parameters.footLock).toBe('off');
  expect(auto.report.parameters.footLock).toBe('auto');
  expect(auto.choices.footLock).toBe('auto');
  const slide = (take: TakeInfo) => take.report.summary.footSlideAfterMmPerFrame;
  expect(slide(auto)).toBeLessThan(slide(off) / 2);
});
