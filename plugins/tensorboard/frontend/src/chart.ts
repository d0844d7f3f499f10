/** One chart: series over steps, ranges of findings shaded, the best checkpoint marked. */
import { LitElement, css, html, unsafeCSS, type PropertyValues } from "lit";
import uPlot from "uplot";
import uplotCss from "uplot/dist/uPlot.min.css?inline";
import { formatNumber, printable, toNumber, type Samples } from "./model";
import { theme } from "./theme";

export interface Line extends Samples {
  split: string;
}

export interface Band {
  first: number;
  last: number;
  severity: string;
  label: string;
}

type Column = (number | null)[];

/** Rows of all steps, ascending, and for each line its values there; later points of a step win. */
export function table(lines: readonly Samples[]): [number[], ...Column[]] {
  const steps = [...new Set(lines.flatMap((line) => line.steps))].sort((a, b) => a - b);
  const row = new Map(steps.map((step, i) => [step, i]));
  const columns = lines.map((line) => {
    const column: Column = new Array<number | null>(steps.length).fill(null);
    line.steps.forEach((step, i) => {
      const value = toNumber(line.values[i] ?? "NaN");
      column[row.get(step) ?? 0] = Number.isFinite(value) ? value : null;
    });
    return column;
  });
  return [steps, ...columns];
}

export class TelltaleChart extends LitElement {
  static override properties = {
    lines: { attribute: false },
    bands: { attribute: false },
    best: { attribute: false },
    log: { type: Boolean },
    dark: { type: Boolean },
    heading: {},
  };
  declare lines: Line[];
  declare bands: Band[];
  declare best: number | undefined;
  declare log: boolean;
  declare dark: boolean;
  declare heading: string;
  #plot: uPlot | undefined;
  readonly #resize = new ResizeObserver(() => {
    this.#plot?.setSize({ width: this.#width(), height: HEIGHT });
  });

  static override styles = [
    unsafeCSS(uplotCss),
    theme,
    css`
      :host { display: block; }
      .plot { min-height: 280px; }
      .u-legend { font-size: 12px; text-align: left; }
      .u-legend .u-marker { border-width: 2px; }
      .u-legend th { font-weight: 400; max-width: 34ch; overflow: hidden; text-overflow: ellipsis; vertical-align: middle; }
      .u-select { background: color-mix(in srgb, var(--accent) 20%, transparent); }
      h4 { font-size: 13px; text-transform: capitalize; }
    `,
  ];

  constructor() {
    super();
    this.lines = [];
    this.bands = [];
    this.log = false;
    this.dark = false;
    this.heading = "";
  }

  override render() {
    const names = this.lines.map((line) => printable(line.tag)).join(", ");
    return html`<h4>${printable(this.heading)}</h4>
      <div class="plot" role="img" aria-label="${this.heading} over steps: ${names}. ${this.bands.map((b) => `${b.label} from step ${b.first} to ${b.last}`).join("; ")}"></div>`;
  }

  override updated(changed: PropertyValues): void {
    if (changed.size > 0) this.#draw();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #width(): number {
    return Math.max(this.clientWidth, 240);
  }

  #draw(): void {
    const place = this.renderRoot.querySelector<HTMLElement>(".plot");
    if (!place) return;
    const old = this.#plot?.scales.x;
    const zoomed = old && this.#plot && (old.min !== this.#plot.data[0][0] || old.max !== this.#plot.data[0].at(-1)) ? old : undefined;
    this.#plot?.destroy();
    const data = table(this.lines);
    // Only what is above zero has a logarithm.
    const log = this.log && data.slice(1).some((c) => c.some((v) => v !== null && v > 0));
    if (log) for (const column of data.slice(1) as Column[]) column.forEach((v, i) => { if (v !== null && v <= 0) column[i] = null; });
    const style = getComputedStyle(this);
    const ink = (name: string): string => style.getPropertyValue(`--${name}`).trim() || "#888";
    const axis: uPlot.Axis = { stroke: ink("dim"), grid: { stroke: ink("line"), width: 1 }, ticks: { stroke: ink("line") } };
    const seen = new Map<string, number>();
    const options: uPlot.Options = {
      width: this.#width(),
      height: HEIGHT,
      scales: { x: { time: false }, y: { distr: log ? 3 : 1 } },
      axes: [
        { ...axis, values: (_u, at) => at.map((v) => (Number.isInteger(v) ? String(v) : "")) },
        { ...axis, size: 64, values: (_u, at) => at.map((v: number | null) => (v === null ? "" : formatNumber(v))) },
      ],
      series: [
        { label: "step" },
        ...this.lines.map((line) => {
          const nth = seen.get(line.split) ?? 0;
          seen.set(line.split, nth + 1);
          return {
            label: printable(`${line.run} · ${line.tag}`),
            stroke: ink(["train", "validation", "test"].includes(line.split) ? line.split : "other"),
            width: 1.8,
            dash: nth === 0 ? [] : [6, 3 + nth],
            spanGaps: true,
            value: (_u: uPlot, v: number | null) => (v === null ? "–" : formatNumber(v)),
          };
        }),
      ],
      cursor: { drag: { x: true, y: false }, points: { size: 7 } },
      hooks: {
        drawClear: [(u) => { this.#shade(u, ink); }],
        draw: [(u) => { this.#mark(u, ink); }],
      },
    };
    this.#plot = new uPlot(options, data as uPlot.AlignedData, place);
    if (zoomed?.min !== undefined && zoomed.max !== undefined) this.#plot.setScale("x", { min: zoomed.min, max: zoomed.max });
    this.setAttribute("data-drawn", String(this.bands.length));
  }

  #shade(u: uPlot, ink: (name: string) => string): void {
    const { ctx, bbox } = u;
    ctx.save();
    for (const band of this.bands) {
      const left = Math.max(u.valToPos(band.first, "x", true), bbox.left);
      const right = Math.min(u.valToPos(band.last, "x", true), bbox.left + bbox.width);
      if (right < left) continue;
      ctx.globalAlpha = 0.11;
      ctx.fillStyle = ink(band.severity);
      ctx.fillRect(left, bbox.top, Math.max(right - left, 2), bbox.height);
    }
    ctx.restore();
  }

  #mark(u: uPlot, ink: (name: string) => string): void {
    if (this.best === undefined) return;
    const { ctx, bbox } = u;
    const x = u.valToPos(this.best, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = ink("healthy");
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    const near = x > bbox.left + bbox.width * 0.8;
    ctx.textAlign = near ? "right" : "left";
    ctx.fillText(`best: ${this.best}`, x + (near ? -5 : 5) * devicePixelRatio, bbox.top + 12 * devicePixelRatio);
    ctx.restore();
  }
}

const HEIGHT = 260;
customElements.define("telltale-chart", TelltaleChart);
