import type { EnginePort } from './host-bridge.ts';

/** Connects a WebSocket and lets it behave like a MessagePort. Rejects if it cannot, without a reason: browsers give none. */
export function openSocketPort(address: string, token: string): Promise<EnginePort> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, `posemend.${token}`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => resolve(socketPort(socket)), { once: true });
    socket.addEventListener('error', () => reject(new Error(`${address} cannot be reached`)), { once: true });
  });
}

function socketPort(socket: WebSocket): EnginePort {
  function addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  function addEventListener(type: 'close', listener: () => void): void;
  function addEventListener(type: 'message' | 'close', listener: (event: { data: unknown }) => void): void {
    if (type === 'message') socket.addEventListener('message', listener);
    // One that is closed already tells no more.
    else if (socket.readyState === WebSocket.CLOSED) queueMicrotask(listener as () => void);
    else socket.addEventListener('close', listener as unknown as () => void);
  }
  return {
    postMessage: (data) => socket.send(data as string | BufferSource),
    addEventListener,
    close: () => socket.close(),
  };
}
