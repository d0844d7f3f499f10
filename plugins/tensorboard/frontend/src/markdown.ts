/** Markdown of rules, as nodes. Nothing in it can run or load anything. */
import DOMPurify from "dompurify";
import { marked } from "marked";

export function markdown(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false });
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form", "input", "button", "img", "video", "audio", "iframe"],
    FORBID_ATTR: ["style", "id", "name", "class"],
  });
}
