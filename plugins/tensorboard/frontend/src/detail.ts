/** One training run or one group: curves, findings with evidence and remedies, what could not be judged. */
import { LitElement, css, html, nothing } from "lit";
import "./chart";
import type { Band, Line } from "./chart";
import { markdown } from "./markdown";
import { formatEvidence, formatNumber, panels, printable, steps, toNumber, words } from "./model";
import type { Brief, Finding, Group, Rule, Samples, TrainingRun } from "./model";
import { theme } from "./theme";

const OPEN_PANELS = 4; // charts that are drawn at once; the others wait to be asked for
/** Training runs of a group whose curves are drawn: more are one thick line, and each is a request. */
export const MOST_CURVES = 60;

export class TelltaleDetail extends LitElement {
  static override properties = {
    run: { attribute: false }, full: { attribute: false }, group: { attribute: false }, members: { attribute: false },
    samples: { attribute: false }, explain: { attribute: false },
    log: { type: Boolean }, dark: { type: Boolean }, all: { type: Boolean }, rules: { state: true }, every: { state: true },
  };
  declare run: Brief | undefined;
  /** The same, once it is there. */
  declare full: TrainingRun | undefined;
  declare group: Group | undefined;
  declare members: Brief[];
  /** Of the training run; of a group's members. */
  declare samples: Map<string, Samples[]>;
  declare explain: (id: string) => Promise<Rule | undefined>;
  declare log: boolean;
  declare dark: boolean;
  declare all: boolean;
  declare rules: Map<string, Rule>;
  declare every: boolean;

  static override styles = [
    theme,
    css`
      :host { display: block; padding: 16px 20px; }
      header { display: flex; gap: 10px; align-items: center; flex-wrap: wrap; margin-bottom: 12px; }
      h2 { font-size: 18px; overflow-wrap: anywhere; }
      h3 { font-size: 15px; margin: 20px 0 8px; }
      .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 16px; }
      .card, .charts > * { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 12px; min-width: 0; }
      .card { border-left: 4px solid var(--tone); margin-bottom: 12px; break-inside: avoid; }
      .head { display: flex; gap: 8px; flex-wrap: wrap; align-items: baseline; }
      .head h4 { font-size: 15px; }
      p, li, td { overflow-wrap: anywhere; }
      table { border-collapse: collapse; margin: 8px 0; font-size: 13px; }
      th, td { text-align: left; padding: 3px 16px 3px 0; border-bottom: 1px solid var(--line); }
      td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      ol, ul { padding-left: 22px; margin: 4px 0; }
      .label { font-size: 12px; font-weight: 600; color: var(--dim); margin-top: 8px; }
      details { margin-top: 8px; }
      summary { cursor: pointer; color: var(--accent); }
      @media print { .charts > * { break-inside: avoid; } button { display: none; } }
    `,
  ];

  constructor() {
    super();
    this.members = [];
    this.samples = new Map();
    this.explain = () => Promise.resolve(undefined);
    this.log = false;
    this.dark = false;
    this.all = false;
    this.rules = new Map();
    this.every = false;
  }

  override render() {
    if (this.group) return this.#group(this.group);
    return this.run ? this.#run(this.run) : nothing;
  }

  #run(run: Brief) {
    const full = this.full;
    const best = full?.best_checkpoint;
    return html`<header>
        <h2>${printable(run.name)}</h2><span class="pill ${run.verdict}">${run.verdict}</span>
        ${best ? html`<span class="dim">best checkpoint: step ${best.step}, ${formatNumber(best.value)}${best.is_last ? " (the last)" : ""}</span>` : nothing}
        <button aria-pressed=${this.log} @click=${this.#toggle}>${this.log ? "Logarithmic" : "Linear"} axis</button>
      </header>
      ${this.#charts(run)}
      ${full ? this.#judged(full) : nothing}`;
  }

  #judged(run: TrainingRun) {
    return html`<h3>Findings</h3>
      ${run.findings.length === 0 ? html`<p class="dim">${run.verdict === "pending" ? "The diagnosis is being made…" : run.verdict === "undiagnosable" ? "Nothing here could be judged." : "Nothing to report: these curves look as they should."}</p>` : run.findings.map((f) => this.#finding(f))}
      ${run.not_assessable.length === 0 ? nothing : html`<details ?open=${this.all}>
        <summary>Not assessable: ${run.not_assessable.length} rules</summary>
        <table><thead><tr><th>rule</th><th>not assessable because</th></tr></thead>
        <tbody>${run.not_assessable.map((each) => html`<tr><td>${each.id}</td><td>${printable(each.reason)}</td></tr>`)}</tbody></table>
      </details>`}
      ${run.suppressed.length === 0 ? nothing : html`<details><summary>Suppressed: ${run.suppressed.length}</summary>
        <ul>${run.suppressed.map((f) => html`<li>${f.id}: ${printable(f.summary)}</li>`)}</ul></details>`}`;
  }

  #charts(run: Brief) {
    const samples = this.samples.get(run.name);
    if (!samples) return html`<p class="dim">Reading curves…</p>`;
    const bands = bandsOf(this.full?.findings ?? []);
    const all = panels(samples);
    const shown = this.every ? all : all.slice(0, OPEN_PANELS);
    return html`<div class="charts">${shown.map((panel) => {
      const lines = panel.series.map((each): Line => ({ ...each, split: each.role.split }));
      return html`<telltale-chart .heading=${panel.title} .lines=${lines} .bands=${panel.foreign ? [] : bands} .best=${panel.foreign ? undefined : this.full?.best_checkpoint?.step}
        .log=${this.log} .dark=${this.dark}></telltale-chart>`;
    })}</div>
    ${all.length > shown.length ? html`<p><button @click=${() => { this.every = true; }}>Show all ${all.length} charts</button></p>` : nothing}`;
  }

  #group(group: Group) {
    const lines: Line[] = [];
    for (const run of this.members.slice(0, MOST_CURVES)) {
      const losses = (this.samples.get(run.name) ?? []).filter((each) => each.role.quantity === "loss");
      const found = losses.find((each) => each.role.split === "validation") ?? losses.find((each) => each.role.split === "train");
      if (found) lines.push({ ...found, split: found.role.split });
    }
    return html`<header><h2>${printable(group.name)}</h2><span class="pill info">${group.kind}</span>
        <span class="dim">${group.training_runs.length} training runs${group.differing.length > 0 ? `; differing: ${group.differing.map(printable).join(", ")}` : ""}</span>
        <button aria-pressed=${this.log} @click=${this.#toggle}>${this.log ? "Logarithmic" : "Linear"} axis</button></header>
      <div class="charts"><telltale-chart heading="loss" .lines=${lines} .bands=${bandsOf(group.findings)} .log=${this.log} .dark=${this.dark}></telltale-chart></div>
      ${this.members.length > MOST_CURVES ? html`<p class="dim">The curves of ${MOST_CURVES} of them are drawn.</p>` : nothing}
      <h3>Findings of the group</h3>
      ${group.findings.length === 0 ? html`<p class="dim">These training runs agree.</p>` : group.findings.map((f) => this.#finding(f))}
      <h3>Training runs</h3>
      <ul>${this.members.map((run) => html`<li><button @click=${() => this.dispatchEvent(new CustomEvent("choose", { detail: run.name }))}>${printable(run.name)}</button>
        <span class="pill ${run.verdict}">${run.verdict}</span></li>`)}</ul>`;
  }

  #finding(finding: Finding) {
    const rule = this.rules.get(finding.id);
    const more = finding.ruled_out.length + finding.alternatives.length > 0;
    return html`<section class="card ${finding.severity}" aria-label="${finding.severity}: ${finding.id}">
      <div class="head"><h4>${finding.id}</h4><span class="pill">${finding.severity}</span>
        <span class="dim">${steps(finding)}</span>
        <span class="dim">confidence ${Math.round(toNumber(finding.confidence) * 100)} %</span></div>
      <p>${printable(finding.summary)}</p>
      ${finding.evidence.length === 0 ? nothing : html`<table><thead><tr><th>evidence</th><th>value</th><th>series</th></tr></thead><tbody>
        ${finding.evidence.map((e) => html`<tr><td>${words(e.name)}</td><td class="n">${formatEvidence(e)}</td><td class="mono">${printable(e.series)}</td></tr>`)}
      </tbody></table>`}
      ${finding.remedies.length === 0 ? nothing : html`<div class="label">What to try, likeliest first</div><ol>${finding.remedies.map((r) => html`<li>${printable(r)}</li>`)}</ol>`}
      ${more ? html`<div class="label">What else it could be</div><ul>
        ${finding.alternatives.map((a) => html`<li>${printable(a)}</li>`)}${finding.ruled_out.map((r) => html`<li class="dim">ruled out: ${printable(r)}</li>`)}</ul>` : nothing}
      <details @toggle=${(event: Event) => { void this.#learn(event, finding.id); }}><summary>About this rule</summary>${rule ? markdown(rule.doc) : nothing}</details>
    </section>`;
  }

  async #learn(event: Event, id: string): Promise<void> {
    if (!(event.target as HTMLDetailsElement).open || this.rules.has(id)) return;
    const rule = await this.explain(id);
    if (rule) this.rules = new Map(this.rules).set(id, rule);
  }

  readonly #toggle = (): void => {
    this.dispatchEvent(new CustomEvent("axis", { detail: !this.log }));
  };
}

function bandsOf(findings: readonly Finding[]): Band[] {
  return findings.flatMap((f) =>
    f.severity === "info" || f.first_step === null || f.last_step === null
      ? []
      : [{ first: f.first_step, last: f.last_step, severity: f.severity, label: f.id }]);
}
customElements.define("telltale-detail", TelltaleDetail);
