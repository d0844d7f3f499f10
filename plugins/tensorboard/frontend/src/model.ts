/** What the page shows: the document of schema "telltale.diagnosis/1" and samples of series. */

/** A number; those that are not finite come as "NaN", "Infinity" and "-Infinity". */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

export type Severity = "error" | "warning" | "info";
/** "pending" where the server knows no more than the name. */
export type Verdict = "failing" | "attention" | "undiagnosable" | "healthy" | "pending";

export interface Evidence {
  name: string;
  value: JsonNumber;
  unit: string;
  series: string;
  low?: JsonNumber;
  high?: JsonNumber;
}

export interface Finding {
  id: string;
  severity: Severity;
  confidence: JsonNumber;
  summary: string;
  first_step: number | null;
  last_step: number | null;
  evidence: Evidence[];
  remedies: string[];
  ruled_out: string[];
  alternatives: string[];
}

export interface SeriesInfo {
  run: string;
  tag: string;
  role: { split: string; quantity: string };
  points: number;
  first_step: number | null;
  last_step: number | null;
}

/** Of a training run what the list shows. */
export interface Brief {
  name: string;
  verdict: Verdict;
  findings: Pick<Finding, "id" | "severity" | "confidence">[];
}

export interface TrainingRun extends Brief {
  source: { format: string; path: string };
  runs: string[];
  series: SeriesInfo[];
  findings: Finding[];
  best_checkpoint: { step: number; value: JsonNumber; series: string; is_last: boolean } | null;
  not_assessable: { id: string; reason: string }[];
  suppressed: Finding[];
}

export interface Group {
  name: string;
  kind: string;
  differing: string[];
  training_runs: string[];
  findings: Finding[];
}

export interface Problem {
  path: string;
  kind: string;
  message: string;
}

/** Of a diagnosis what the page needs at once. */
export interface Overview {
  training_runs: Brief[];
  groups: Group[];
  problems: Problem[];
}

export interface Diagnosis extends Overview {
  schema: string;
  version: string;
  training_runs: TrainingRun[];
}

/** Points of one series, fewer than were logged where there are many. */
export interface Samples {
  run: string;
  tag: string;
  steps: number[];
  values: JsonNumber[];
  role: SeriesInfo["role"];
}

export interface Rule {
  id: string;
  severity: string;
  summary: string;
  doc: string;
}

/** What the list is narrowed to. */
export interface Filter {
  text: string;
  /** The least severity of the worst finding; empty: also those without any. */
  severity: Severity | "";
  rule: string;
}

const VERDICTS: readonly Verdict[] = ["failing", "attention", "undiagnosable", "healthy", "pending"];
const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

export function toNumber(value: JsonNumber): number {
  return Number(value);
}

/** At most four significant digits, as a person reads them. */
export function formatNumber(value: JsonNumber): string {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return String(number);
  if (number !== 0 && (Math.abs(number) >= 1e7 || Math.abs(number) < 1e-4)) return number.toExponential(3);
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(4)));
}

const SIGNS: Record<string, string> = { sigma: "σ" };

export function formatEvidence(evidence: Evidence): string {
  const unit = SIGNS[evidence.unit] ?? evidence.unit;
  const text = formatNumber(evidence.value) + (unit === "" ? "" : ` ${unit}`);
  if (evidence.low === undefined || evidence.high === undefined) return text;
  return `${text} (${formatNumber(evidence.low)} – ${formatNumber(evidence.high)})`;
}

export function words(name: string): string {
  return name.replaceAll("_", " ");
}

export function steps(finding: Finding): string {
  if (finding.first_step === null || finding.last_step === null) return "";
  return finding.first_step === finding.last_step
    ? `step ${finding.first_step}`
    : `steps ${finding.first_step}–${finding.last_step}`;
}

// Controls, formatting (which holds what turns the direction of writing), separators, private use.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** `name` with what is invisible written as an escape, so that no name looks like another. */
export function printable(name: string): string {
  return name.replaceAll(INVISIBLE, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

function rank(run: Brief): number {
  const at = VERDICTS.indexOf(run.verdict);
  return at < 0 ? VERDICTS.length : at;
}

function certainty(run: Brief): number {
  const first = run.findings[0];
  return first ? toNumber(first.confidence) : 0;
}

/** Worst first: by verdict, then by how sure the worst finding is, then by name. */
export function worstFirst(runs: readonly Brief[]): Brief[] {
  const collator = new Intl.Collator("en", { numeric: true });
  return [...runs].sort(
    (a, b) => rank(a) - rank(b) || certainty(b) - certainty(a) || collator.compare(a.name, b.name),
  );
}

export function matches(run: Brief, filter: Filter): boolean {
  const severe = filter.severity === "" ? SEVERITIES : SEVERITIES.slice(0, SEVERITIES.indexOf(filter.severity) + 1);
  if (filter.severity !== "" && !run.findings.some((f) => severe.includes(f.severity))) return false;
  if (filter.rule !== "" && !run.findings.some((f) => f.id === filter.rule)) return false;
  const text = filter.text.trim().toLowerCase();
  if (text === "") return true;
  const hay = [run.name, run.verdict, ...run.findings.map((f) => f.id)].join("\n").toLowerCase();
  return text.split(/\s+/).every((word) => hay.includes(word));
}

/** Ids of all findings, most frequent first. */
export function ruleCounts(runs: readonly Brief[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const id of new Set(run.findings.map((f) => f.id))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** A chart: the series of one quantity, whatever split they were measured on. */
export interface Panel {
  title: string;
  series: Samples[];
  /** Counted in batches where the training run's findings are counted in epochs: no step of theirs holds here. */
  foreign: boolean;
}

const ORDER = ["loss", "accuracy", "metric", "learning-rate", "gradient-norm"];

/** Losses in one chart, accuracies in one, and each other quantity's tags in one. */
export function panels(all: readonly Samples[]): Panel[] {
  const found = new Map<string, Panel>();
  for (const series of all) {
    const quantity = series.role.quantity;
    const shared = quantity === "loss" || quantity === "accuracy";
    // Keras draws its evaluations a second time, over batches.
    const foreign = series.tag.endsWith("_vs_iterations");
    const title = (shared ? quantity : bareTag(series.tag)) + (foreign && shared ? " over iterations" : "");
    const key = shared ? title : `${quantity}\n${title}`;
    const panel = found.get(key) ?? { title, series: [], foreign };
    panel.series.push(series);
    found.set(key, panel);
  }
  const place = (panel: Panel): number => {
    const at = ORDER.indexOf(panel.series[0]?.role.quantity ?? "");
    return (at < 0 ? ORDER.length : at) + (panel.foreign ? ORDER.length + 1 : 0);
  };
  return [...found.values()].sort((a, b) => place(a) - place(b));
}

/** The tag without what says the split, so that train/f1 and val_f1 share a chart. */
function bareTag(tag: string): string {
  return tag.replace(/^(train|training|val|valid|validation|eval|test|dev)[/_]/i, "").replace(/[/_](train|val|test)$/i, "");
}
