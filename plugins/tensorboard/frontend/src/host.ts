/** The page around this one: TensorBoard, or nobody. */
import { fromParams, toParams, type View } from "./view";

/** Keeps the view in the address of the page. */
export interface Host {
  view(): Promise<View>;
  setView(view: View): void;
  dark(): boolean | undefined;
}

const PLUGIN = "telltale";

/** A page of its own: the view is its hash. */
export class PageHost implements Host {
  view(): Promise<View> {
    return Promise.resolve(fromParams(Object.fromEntries(new URLSearchParams(location.hash.slice(1)))));
  }
  setView(view: View): void {
    const hash = new URLSearchParams(toParams(view)).toString();
    history.replaceState(null, "", hash === "" ? location.pathname + location.search : `#${hash}`);
  }
  dark(): boolean | undefined {
    return undefined;
  }
}

interface Message {
  type: string;
  id: number;
  payload?: unknown;
  error?: string | null;
  isReply?: boolean;
}

/**
 * TensorBoard, which shows this page in a frame. Its protocol for plugins gives what stands in its
 * address for us ("p.telltale.run") but takes nothing back, so the address is written directly: the
 * frame has the same origin.
 */
export class TensorBoardHost implements Host {
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, (payload: unknown) => void>();
  #last = 0;

  constructor() {
    const channel = new MessageChannel();
    this.#port = channel.port1;
    this.#port.onmessage = (event: MessageEvent<string>) => {
      this.#receive(event.data);
    };
    window.parent.postMessage("experimental.bootstrap", "*", [channel.port2]);
  }

  async view(): Promise<View> {
    const answer = await this.#ask("experimental.GetURLPluginData");
    return fromParams((answer ?? {}) as Record<string, string>);
  }

  setView(view: View): void {
    try {
      const { location: address, history: past } = window.parent;
      const hash = address.hash.slice(1);
      const others = hash.split("&").filter((part) => part !== "" && !part.startsWith(`p.${PLUGIN}.`));
      const ours = Object.entries(toParams(view)).map(
        ([key, value]) => `p.${PLUGIN}.${key}=${encodeURIComponent(value)}`,
      );
      const all = [...(others.length > 0 ? others : [PLUGIN]), ...ours];
      past.replaceState(past.state, "", `${address.pathname}${address.search}#${all.join("&")}`);
    } catch {
      // A page of another origin around us: then there is no link to this view.
    }
  }

  /** TensorBoard says it by a class of its body, and to nobody else. */
  dark(): boolean | undefined {
    try {
      return window.parent.document.body.classList.contains("dark-mode");
    } catch {
      return undefined;
    }
  }

  #ask(type: string): Promise<unknown> {
    const id = this.#last++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      // A host that speaks no such protocol must not keep the page empty.
      setTimeout(() => {
        this.#waiting.delete(id);
        resolve(undefined);
      }, 2000);
      this.#port.postMessage(JSON.stringify({ type, id, payload: {}, error: null, isReply: false }));
    });
  }

  #receive(data: string): void {
    const message = JSON.parse(data) as Message;
    if (message.isReply === true) {
      this.#waiting.get(message.id)?.(message.payload);
      this.#waiting.delete(message.id);
    } else {
      this.#port.postMessage(JSON.stringify({ type: message.type, id: message.id, payload: null, error: null, isReply: true }));
    }
  }
}
