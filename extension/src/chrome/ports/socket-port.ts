export interface SocketListener {
  onOpen(): void;
  onMessage(text: string): void;
  /** Called once, for every kind of close; 1006 if no connection was made. */
  onClose(code: number): void;
}

export interface Socket {
  send(text: string): void;
  /** Closes it without telling the listener. */
  close(): void;
}

export interface SocketPort {
  open(url: string, protocols: string[], listener: SocketListener): Socket;
}

export function createWebSocketPort(): SocketPort {
  return {
    open(url, protocols, listener) {
      const socket = new WebSocket(url, protocols);
      const listening = new AbortController();
      const { signal } = listening;
      socket.addEventListener('open', () => listener.onOpen(), { signal });
      socket.addEventListener(
        'message',
        ({ data }) => {
          if (typeof data === 'string') listener.onMessage(data);
        },
        { signal },
      );
      socket.addEventListener('close', ({ code }) => listener.onClose(code), { signal });
      return {
        send(text) {
          if (socket.readyState === WebSocket.OPEN) socket.send(text);
        },
        close() {
          listening.abort();
          socket.close();
        },
      };
    },
  };
}
