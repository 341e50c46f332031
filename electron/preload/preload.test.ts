import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { ElectronBridge } from '../../contract/electron-bridge.ts';

/** Runs the preload script as the sandbox does: one script with `require` for Electron and nothing else. */
function loadPreload() {
  const source = stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'preload.cts'), 'utf8'));
  const exposed: Record<string, unknown> = {};
  const calls: unknown[][] = [];
  const posted: unknown[][] = [];
  const listeners = new Map<string, (event: unknown, ...values: unknown[]) => void>();
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        exposed[name] = value;
      },
    },
    ipcRenderer: {
      invoke: async (...call: unknown[]) => calls.push(call),
      on: (channel: string, listener: (event: unknown, ...values: unknown[]) => void) =>
        listeners.set(channel, listener),
    },
    webUtils: { getPathForFile: ({ path }: { path?: string }) => path ?? '' },
  };
  const required: string[] = [];
  const require = (name: string): unknown => {
    required.push(name);
    return electron;
  };
  const window = {
    location: { origin: 'posemend://app' },
    postMessage: (...message: unknown[]) => posted.push(message),
  };
  runInNewContext(source, { require, window });
  const bridge = exposed.posemendHost as ElectronBridge;
  return { bridge, exposed, calls, posted, listeners, required };
}

test('it needs Electron alone, and puts one object of functions on the window', () => {
  const { exposed, required, bridge } = loadPreload();
  expect(required).toEqual(['electron']);
  expect(Object.keys(exposed)).toEqual(['posemendHost']);
  for (const [name, member] of Object.entries(bridge))
    expect([name, typeof member]).toEqual([name, 'function']);
});

test('a dropped file goes to the main process as its path, one a script made as none', async () => {
  const { bridge, calls } = loadPreload();
  await bridge.adoptDropped([{ path: '/takes/walk.bvh' }, { name: 'forged.bvh' }]);
  expect(calls).toEqual([['files:dropped', ['/takes/walk.bvh', '']]]);
});

test('a listener gets the value and never the event, which holds the sender', () => {
  const { bridge, listeners, calls } = loadPreload();
  const heard: unknown[][] = [];
  bridge.onCommand((...given) => heard.push(given));
  bridge.onFiles((...given) => heard.push(given));
  listeners.get('command')?.({ sender: 'secret' }, 'open');
  listeners.get('files:given')?.({ sender: 'secret' }, []);
  expect(heard).toEqual([['open'], [[]]]);
  expect(calls).toEqual([['files:listening']]);
});

test('a port to the engine goes to the own page and no other origin', () => {
  const { listeners, posted } = loadPreload();
  listeners.get('engine:port')?.({ ports: ['port'] }, 3);
  expect(posted).toEqual([[{ kind: 'posemend-engine-port', pipe: 3 }, 'posemend://app', ['port']]]);
});
