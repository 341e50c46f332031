import { expect, test } from 'vitest';
import type { ElectronBridge } from '../../contract/electron-bridge.ts';
import { createElectronHost } from './electron-host.ts';

/** A window with the bridge of a preload script that records what it is asked. */
function scene(answers: Partial<ElectronBridge> = {}) {
  const asked: unknown[][] = [];
  let gone: (pipe: number) => void = () => {};
  let command: (name: string) => void = () => {};
  const record =
    (name: string) =>
    async (...parameters: unknown[]) => {
      asked.push([name, ...parameters]);
      return { ok: true as const, value: undefined as never };
    };
  const bridge: ElectronBridge = {
    connectEngine: async () => ({ ok: true, value: 4 }),
    pickFiles: record('pick'),
    pickBodyModel: record('pick-body-model'),
    adoptDropped: record('drop'),
    sample: record('sample'),
    recentFiles: async () => ({ ok: true, value: [{ id: 'r1', name: 'walk.bvh', folder: 'takes' }] }),
    openRecent: record('recent'),
    saveFiles: record('save'),
    reveal: record('reveal'),
    showPage: record('page'),
    onEngineGone: (listener) => {
      gone = listener;
    },
    onFiles: () => {},
    onCommand: (listener) => {
      command = listener;
    },
    ...answers,
  };
  const edited: string[] = [];
  const document = {
    activeElement: null as { matches(selector: string): boolean } | null,
    execCommand: (name: string) => edited.push(name),
  };
  const page = Object.assign(new EventTarget(), {
    posemendHost: bridge,
    location: { origin: 'posemend://app' },
    document,
  });
  const host = createElectronHost(page as never);
  if (host === null) throw new Error('the window has the bridge, but no host was made');
  const send = (fields: object) => page.dispatchEvent(Object.assign(new Event('message'), fields));
  const sendPort = (pipe: number, port: unknown, fields: object = {}) =>
    send({
      source: page,
      origin: 'posemend://app',
      ports: [port],
      data: { kind: 'posemend-engine-port', pipe },
      ...fields,
    });
  return {
    host,
    asked,
    edited,
    document,
    sendPort,
    gone: (pipe: number) => gone(pipe),
    command: (name: string) => command(name),
  };
}

test('a browser has no Electron host', () => {
  expect(createElectronHost({} as never)).toBeNull();
});

test('a port is taken whether it comes before or after its number, and only from the window itself', async () => {
  const forged = new MessageChannel();
  const { port1, port2 } = new MessageChannel();
  for (const isEarly of [true, false]) {
    const { host, sendPort } = scene();
    sendPort(4, forged.port1, { source: {} });
    sendPort(4, forged.port1, { origin: 'https://example.com' });
    if (isEarly) sendPort(4, port1);
    const connecting = host.connect();
    if (!isEarly) setImmediate(() => sendPort(4, port1));
    const port = await connecting;
    const heard = new Promise((resolve) => {
      port2.onmessage = ({ data }) => resolve(data);
    });
    port.postMessage('hello');
    expect(await heard).toBe('hello');
  }
  for (const port of [port1, port2, forged.port1, forged.port2]) port.close();
});

test('an engine that has gone closes the port, once, even if the port itself says nothing', async () => {
  const { host, sendPort, gone } = scene();
  const own = Object.assign(new EventTarget(), { close: () => own.dispatchEvent(new Event('close')) });
  sendPort(4, own);
  const port = await host.connect();
  let closings = 0;
  port.addEventListener('close', () => closings++);
  gone(3);
  expect(closings).toBe(0);
  gone(4);
  expect(closings).toBe(1);
});

test('an engine that went before its port came fails the call', async () => {
  const { port1 } = new MessageChannel();
  const { host, sendPort, gone } = scene();
  gone(4);
  sendPort(4, port1);
  await expect(host.connect()).rejects.toThrow('being started again');
  port1.close();
});

test('a failure of the main process arrives as an Error with its sentence', async () => {
  const { host } = scene({
    pickFiles: async () => ({ ok: false, message: 'walk.txt is not a BVH or NPY file.' }),
  });
  await expect(host.pickFiles()).rejects.toThrow('walk.txt is not a BVH or NPY file.');
});

test('files are saved as bytes and revealed by the id they got', async () => {
  const saved: unknown[] = [];
  const { host, asked } = scene({
    saveFiles: async (files) => {
      saved.push(...files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
      return { ok: true, value: { place: '/takes/walk.bvh', id: 'w1' } };
    },
  });
  const result = await host.saveFiles([{ name: 'walk.bvh', bytes: new Blob(['clip']) }]);
  expect(saved).toEqual([['walk.bvh', 'clip']]);
  expect(result?.place).toBe('/takes/walk.bvh');
  result?.reveal?.();
  expect(asked).toEqual([['reveal', 'w1']]);
});

test('a recent file is opened by its id', async () => {
  const { host, asked } = scene();
  const [recent] = await host.recentFiles();
  await recent.open();
  expect([recent.name, asked]).toEqual(['walk.bvh', [['recent', 'r1']]]);
});

test('undo of the menu is the text field’s own where one has the focus, and a command elsewhere', () => {
  const { host, document, edited, command } = scene();
  const commands: string[] = [];
  host.onCommand((name) => commands.push(name));
  command('undo');
  document.activeElement = { matches: () => true };
  command('undo');
  command('export');
  expect(commands).toEqual(['undo', 'export']);
  expect(edited).toEqual(['undo']);
});
