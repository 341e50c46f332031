import type { EnginePort } from './host-bridge.ts';
import type { SocketNews, SocketRequest } from './socket-worker.ts';

/** Connects a WebSocket and lets it behave like a MessagePort. Rejects if it cannot, without a reason: browsers give none. */
export function openSocketPort(address: string, token: string): Promise<EnginePort> {
  const worker = new Worker(new URL('./socket-worker.ts', import.meta.url), { type: 'module' });
  const { port1: port, port2 } = new MessageChannel();
  const request: SocketRequest = { address, protocol: `posemend.${token}` };
  worker.postMessage(request, [port2]);
  const closing = new Set<() => void>();
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    // Its socket goes with it.
    worker.terminate();
    port.close();
    for (const listener of closing) listener();
    closing.clear();
  };
  function addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  function addEventListener(type: 'close', listener: () => void): void;
  function addEventListener(type: 'message' | 'close', listener: (event: { data: unknown }) => void): void {
    if (type === 'message') port.addEventListener('message', listener);
    // One that is closed already tells no more.
    else if (isClosed) queueMicrotask(listener as () => void);
    else closing.add(listener as () => void);
  }
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: news }: MessageEvent<SocketNews>) => {
      if (news === 'close') {
        close();
        reject(new Error(`${address} cannot be reached`));
        return;
      }
      resolve({
        postMessage: (data) => port.postMessage(data),
        addEventListener,
        start: () => port.start(),
        close,
      });
    };
    worker.onerror = () => {
      close();
      reject(new Error('the page’s worker cannot be loaded; reload the page'));
    };
  });
}
