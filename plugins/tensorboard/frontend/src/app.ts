/** The page: filter and list on the left, what is selected on the right. */
import { LitElement, css, html, nothing } from "lit";
import { MOST_CURVES } from "./detail";
import type { Host } from "./host";
import { TelltaleList } from "./list";
import { matches, printable, ruleCounts, worstFirst } from "./model";
import type { Brief, Group, Overview, Samples, Severity, TrainingRun } from "./model";
import type { Source, Status } from "./source";
import { palette, theme } from "./theme";
import { NO_VIEW, type View } from "./view";

const POLL = 2000; // milliseconds between looks at what the server knows
const PAUSE = 100; // the same while it reads: it answers when it has something

export class TelltaleApp extends LitElement {
  static override properties = {
    status: { state: true }, overview: { state: true }, view: { state: true }, full: { state: true }, samples: { state: true },
    note: { state: true }, dark: { type: Boolean, reflect: true }, paper: { type: Boolean, reflect: true },
  };
  declare status: Status | undefined;
  declare overview: Overview | undefined;
  declare view: View;
  /** What is selected; on paper all that is shown. */
  declare full: Map<string, TrainingRun>;
  declare samples: Map<string, Samples[]>;
  declare note: string;
  declare dark: boolean;
  /** All training runs below each other, as they are printed. */
  declare paper: boolean;
  source!: Source;
  host!: Host;
  #sorted: Brief[] = [];
  #version = 0;

  static override styles = [
    palette,
    theme,
    css`
      :host { display: block; height: 100vh; background: var(--page); }
      .page { display: grid; grid-template-columns: minmax(260px, 340px) 1fr; height: 100%; }
      nav { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--line); background: var(--raised); }
      .filter { padding: 12px; display: grid; gap: 8px; border-bottom: 1px solid var(--line); }
      .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
      .filter input, .filter select { width: 100%; min-width: 0; }
      .counts { font-size: 12px; }
      .list { flex: 1; min-height: 0; }
      .groups { border-top: 1px solid var(--line); padding: 8px 12px; max-height: 25%; overflow: auto; }
      .groups button { margin: 2px; max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
      main { overflow: auto; min-width: 0; }
      .note { padding: 32px; max-width: 60ch; }
      .note code { display: block; padding: 8px; margin: 8px 0; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
      .problems { padding: 0 20px 20px; }
      @media (max-width: 700px) { .page { grid-template-columns: 1fr; grid-template-rows: 40% 60%; } }
      @media print { :host { height: auto; } .page { display: block; } nav { display: none; } main { overflow: visible; } }
    `,
  ];

  constructor() {
    super();
    this.view = NO_VIEW;
    this.full = new Map();
    this.samples = new Map();
    this.note = "";
    this.dark = false;
    this.paper = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const system = matchMedia("(prefers-color-scheme: dark)");
    const look = (): void => { this.dark = this.host.dark() ?? system.matches; };
    look();
    system.addEventListener("change", look);
    document.addEventListener("keydown", this.#key);
    window.addEventListener("beforeprint", () => { this.dark = false; if (!this.source.live) void this.#print(); });
    window.addEventListener("afterprint", () => { this.paper = false; look(); });
    window.addEventListener("hashchange", () => { void this.host.view().then((view) => { this.#show(view); }); });
    void this.#start(look);
  }

  async #start(look: () => void): Promise<void> {
    this.view = await this.host.view();
    for (;;) {
      await this.#poll();
      if (!this.source.live) return;
      await new Promise((resolve) => setTimeout(resolve, this.status?.state === "reading" ? PAUSE : POLL));
      look();
    }
  }

  async #poll(): Promise<void> {
    try {
      const status = await this.source.status(this.#version);
      this.status = status;
      if (status.runs) {
        this.overview = status.runs;
        this.#sorted = worstFirst(this.overview.training_runs);
        this.#version = status.version;
        await this.#fetch(true);
      }
    } catch (error) {
      this.status = { state: "failed", message: String(error), version: this.#version };
    }
  }

  #group(): Group | undefined {
    return this.overview?.groups.find((each) => each.name === this.view.group);
  }

  /** The names of those whose curves are to be seen. */
  #wanted(): string[] {
    const group = this.#group();
    const runs = group ? this.#members(group).slice(0, MOST_CURVES) : [this.#selected()];
    return runs.flatMap((run) => (run ? [run.name] : []));
  }

  /** Reads what is selected; what is there already stays until then. */
  async #fetch(again: boolean): Promise<void> {
    const full = new Map<string, TrainingRun>();
    const samples = new Map<string, Samples[]>();
    const alone = this.#group() === undefined;
    for (const name of this.#wanted()) {
      const [run, series] = await Promise.all([
        alone && (again || !this.full.has(name)) ? this.source.trainingRun(name) : undefined,
        again || !this.samples.has(name) ? this.source.series(name) : undefined,
      ]);
      if (run) full.set(name, run);
      if (series) samples.set(name, series);
    }
    const wanted = new Set(this.#wanted()); // something else may have been selected in the meantime
    const current = <T>(had: Map<string, T>, read: Map<string, T>): Map<string, T> => new Map([...had, ...read].filter(([name]) => wanted.has(name)));
    this.full = current(this.full, full);
    this.samples = current(this.samples, samples);
  }

  /** Worst first. */
  #members(group: Group): Brief[] {
    const names = new Set(group.training_runs);
    return this.#sorted.filter((each) => names.has(each.name));
  }

  #shown(): Brief[] {
    return this.#sorted.filter((run) => matches(run, this.view));
  }

  #selected(): Brief | undefined {
    return this.#sorted.find((run) => run.name === this.view.run) ?? this.#shown()[0];
  }

  #show(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.host.setView(this.view);
    void this.#fetch(false);
  }

  async #print(): Promise<void> {
    this.paper = true;
    for (const { name } of this.#shown()) {
      const run = await this.source.trainingRun(name);
      if (run) this.full.set(name, run);
      this.samples.set(name, await this.source.series(name));
    }
    this.full = new Map(this.full);
    this.samples = new Map(this.samples);
  }

  readonly #key = (event: KeyboardEvent): void => {
    const search = this.renderRoot.querySelector<HTMLInputElement>("input");
    const origin = event.composedPath()[0];
    const typing = origin instanceof HTMLInputElement || origin instanceof HTMLSelectElement;
    if (event.key === "/" && !typing) {
      search?.focus();
    } else if (event.key === "Escape") {
      this.#show({ text: "", severity: "", rule: "", group: "" });
      search?.blur();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !(origin instanceof HTMLSelectElement)) {
      const shown = this.#shown();
      const at = shown.findIndex((run) => run.name === this.#selected()?.name);
      const next = shown[Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), shown.length - 1)];
      if (!next) return;
      this.#show({ run: next.name, group: "" });
      const list = this.renderRoot.querySelector("telltale-list");
      if (list instanceof TelltaleList) list.reveal(next.name);
    } else return;
    event.preventDefault();
  };

  override render() {
    if (this.status?.state === "not-installed" || (this.status?.state === "failed" && !this.overview)) return this.#sorry(this.status);
    if (!this.overview) return html`<div class="note" role="status">Reading and diagnosing the training runs…</div>`;
    const shown = this.#shown();
    return html`<div class="page"><nav aria-label="Training runs">${this.#filter(shown.length)}
        <telltale-list class="list" .runs=${shown} .chosen=${this.view.group === "" ? (this.#selected()?.name ?? "") : ""}
          @choose=${(e: CustomEvent<string>) => { this.#show({ run: e.detail, group: "" }); }}></telltale-list>
        ${this.#groups()}</nav>
      <main>${this.paper ? shown.map((run) => this.#detail(run)) : this.#detail(this.#selected())}${this.#problems()}</main></div>`;
  }

  #filter(count: number) {
    const rules = ruleCounts(this.#sorted);
    const pick = (key: "severity" | "rule") => (e: Event) => {
      this.#show({ [key]: (e.target as HTMLSelectElement).value });
    };
    return html`<div class="filter">
      <input type="search" aria-label="Filter by text" placeholder="Filter…   ( / )" .value=${this.view.text}
        @input=${(e: Event) => { this.#show({ text: (e.target as HTMLInputElement).value }); }}>
      <div class="pair">
        <select aria-label="Filter by severity" @change=${pick("severity")}>
          ${(["", "error", "warning", "info"] as (Severity | "")[]).map((s) => html`<option value=${s} ?selected=${s === this.view.severity}>${s === "" ? "any severity" : s === "error" ? "errors" : `${s} or worse`}</option>`)}
        </select>
        <select aria-label="Filter by rule" @change=${pick("rule")}>
          <option value="" ?selected=${this.view.rule === ""}>any finding</option>
          ${rules.map(([id, n]) => html`<option value=${id} ?selected=${id === this.view.rule}>${id} (${n})</option>`)}
        </select>
      </div>
      <div class="counts dim" role="status">${count} of ${this.#sorted.length} training runs${this.status?.state === "reading" ? " · reading…" : ""}${this.status?.state === "failed" ? html` · <span class="error" title=${this.status.message}>not current</span>` : nothing}
        ${this.status?.token === undefined ? nothing : html`<button @click=${this.#annotate}>Annotate</button>`} ${this.note}</div>
    </div>`;
  }

  #groups() {
    const groups = this.overview?.groups ?? [];
    if (groups.length === 0) return nothing;
    return html`<div class="groups"><div class="dim">Groups</div>${groups.map((group) => html`<button aria-pressed=${group.name === this.view.group}
      title=${printable(group.name)} @click=${() => { this.#show({ group: group.name }); }}>${printable(group.name)} (${group.training_runs.length})</button>`)}</div>`;
  }

  #detail(run: Brief | undefined) {
    const group = this.paper ? undefined : this.#group();
    const members = group ? this.#members(group) : [];
    return html`<telltale-detail .run=${run} .full=${run && this.full.get(run.name)} .group=${group} .members=${members} .samples=${this.samples} .all=${this.paper}
      .log=${this.view.log} .dark=${this.dark} .explain=${(id: string) => this.source.rule(id)}
      @axis=${(e: CustomEvent<boolean>) => { this.#show({ log: e.detail }); }}
      @choose=${(e: CustomEvent<string>) => { this.#show({ run: e.detail, group: "" }); }}></telltale-detail>`;
  }

  #problems() {
    const problems = this.overview?.problems ?? [];
    if (problems.length === 0) return nothing;
    return html`<details class="problems"><summary>${problems.length} problems in files</summary>
      <ul>${problems.slice(0, 100).map((p) => html`<li><code>${printable(p.path)}</code> ${printable(p.message)}</li>`)}</ul></details>`;
  }

  #sorry(status: Status) {
    const missing = status.state === "not-installed";
    return html`<div class="note" role="alert"><h2>${missing ? "Telltale is not installed completely" : "There is no diagnosis"}</h2>
      <p>${missing ? "The tab needs the Python package, in the environment that TensorBoard runs in:" : nothing}</p>
      ${missing ? html`<code>pip install telltale</code><p>Then start TensorBoard again.</p>` : nothing}
      <p class="dim">${printable(status.message)}</p></div>`;
  }

  readonly #annotate = async (): Promise<void> => {
    this.note = await this.source.annotate(this.status?.token ?? "").catch(String);
  };
}
customElements.define("telltale-app", TelltaleApp);
