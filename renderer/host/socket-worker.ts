/**
 * The socket to the engine, in a thread of its own: to take in the megabytes of a clip costs a browser a tenth of a
 * second, in which a page would not answer. What arrives is handed on without a copy.
 */

/** What the page asks for, with the port that it talks through. */
export interface SocketRequest {
  readonly address: string;
  readonly protocol: string;
}

/** What becomes of the socket. */
export type SocketNews = 'open' | 'close';

// The types at hand are those of a page; a worker's scope posts and hears as a Worker does.
const scope = self as unknown as Worker;

scope.onmessage = ({ data: request, ports }: MessageEvent<SocketRequest>) => {
  const [port] = ports;
  const tell = (news: SocketNews): void => scope.postMessage(news);
  const socket = new WebSocket(request.address, request.protocol);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => tell('open');
  // Follows an error, too.
  socket.onclose = () => tell('close');
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') port.postMessage(data);
    else port.postMessage(data, [data]);
  };
  port.onmessage = ({ data }: MessageEvent<string | Uint8Array<ArrayBuffer>>) => socket.send(data);
};
