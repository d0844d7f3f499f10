/** The training runs. Only the rows in sight are in the page, so that thousands scroll freely. */
import { LitElement, css, html } from "lit";
import { printable, type Brief } from "./model";
import { theme } from "./theme";

const ROW = 52; // pixels
const SPARE = 6; // rows beyond either edge

export class TelltaleList extends LitElement {
  static override properties = { runs: { attribute: false }, chosen: {}, from: { state: true }, room: { state: true } };
  declare runs: Brief[];
  declare chosen: string;
  declare from: number;
  declare room: number;
  readonly #resize = new ResizeObserver(() => {
    this.room = this.clientHeight;
  });

  static override styles = [
    theme,
    css`
      :host { display: block; overflow-y: auto; height: 100%; }
      .all { position: relative; }
      .row { position: absolute; left: 0; right: 0; height: ${ROW}px; padding: 6px 12px; border-bottom: 1px solid var(--line); cursor: pointer; border-left: 4px solid var(--tone); }
      .row:hover { background: color-mix(in srgb, var(--chosen) 50%, transparent); }
      .row[aria-selected="true"] { background: var(--chosen); }
      .name, .ids { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .name { font-weight: 600; }
      .ids { font-size: 12px; color: var(--dim); }
      .ids b { color: var(--tone); font-weight: 600; }
      .none { padding: 24px; text-align: center; color: var(--dim); }
    `,
  ];

  constructor() {
    super();
    this.runs = [];
    this.chosen = "";
    this.from = 0;
    this.room = 600;
    this.addEventListener("scroll", () => {
      this.from = Math.floor(this.scrollTop / ROW);
    }, { passive: true });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = 0;
    this.setAttribute("role", "listbox");
    this.setAttribute("aria-label", "Training runs, worst first");
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  /** Scrolls so that the row is in sight. */
  reveal(name: string): void {
    const at = this.runs.findIndex((run) => run.name === name);
    if (at < 0) return;
    if (at * ROW < this.scrollTop) this.scrollTop = at * ROW;
    else if ((at + 1) * ROW > this.scrollTop + this.clientHeight) this.scrollTop = (at + 1) * ROW - this.clientHeight;
  }

  override render() {
    if (this.runs.length === 0) return html`<div class="none">No training run matches.</div>`;
    const first = Math.max(0, this.from - SPARE);
    const last = Math.min(this.runs.length, this.from + Math.ceil(this.room / ROW) + SPARE);
    return html`<div class="all" role="presentation" style="height:${this.runs.length * ROW}px">
      ${this.runs.slice(first, last).map((run, i) => this.#row(run, first + i))}
    </div>`;
  }

  #row(run: Brief, at: number) {
    const ids = run.findings.filter((f) => f.severity !== "info").map((f) => f.id);
    return html`<div class="row ${run.verdict}" role="option" id="row-${at}" style="top:${at * ROW}px"
      aria-selected=${run.name === this.chosen} aria-setsize=${this.runs.length} aria-posinset=${at + 1}
      title=${printable(run.name)}
      @click=${() => this.dispatchEvent(new CustomEvent("choose", { detail: run.name }))}>
      <div class="name">${printable(run.name)}</div>
      <div class="ids"><b>${run.verdict}</b>${ids.length > 0 ? ` · ${ids.join(", ")}` : ""}</div>
    </div>`;
  }
}
customElements.define("telltale-list", TelltaleList);
