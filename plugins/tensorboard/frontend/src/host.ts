/** The page around this one: TensorBoard, or nobody. */
import { fromParams, toParams, type View } from "./view";

/** Keeps the view in the address of the page. */
export interface Host {
  view(): Promise<View>;
  setView(view: View): void;
  dark(): boolean | undefined;
}

const PLUGIN = "telltale";
const PREFIX = `p.${PLUGIN}.`;

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

/**
 * TensorBoard, which shows this page in a frame. Its address holds what is ours as "p.telltale.run=...". The protocol that it has for
 * plugins gives that only late and takes nothing back, so its address is read and written directly: the frame has the same origin.
 */
export class TensorBoardHost implements Host {
  view(): Promise<View> {
    const params: Record<string, string> = {};
    try {
      for (const part of window.parent.location.hash.slice(1).split("&")) {
        const [key = "", value = ""] = part.split("=", 2);
        if (key.startsWith(PREFIX)) params[key.slice(PREFIX.length)] = decodeURIComponent(value);
      }
    } catch {
      // A page of another origin around us, or an address that is none: then the view is as usual.
    }
    return Promise.resolve(fromParams(params));
  }

  setView(view: View): void {
    try {
      const { location: address, history: past } = window.parent;
      const hash = address.hash.slice(1);
      const others = hash.split("&").filter((part) => part !== "" && !part.startsWith(PREFIX));
      const ours = Object.entries(toParams(view)).map(
        ([key, value]) => `${PREFIX}${key}=${encodeURIComponent(value)}`,
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
}
