import { describe, expect, it } from "vitest";
import { table } from "../src/chart";
import { markdown } from "../src/markdown";
import { formatNumber, matches, printable, panels, worstFirst, type Finding, type TrainingRun } from "../src/model";
import { fromParams, toParams } from "../src/view";

function run(name: string, verdict: TrainingRun["verdict"], ...findings: Partial<Finding>[]): TrainingRun {
  return { name, verdict, findings: findings as Finding[], source: { format: "", path: "" }, runs: [], series: [], best_checkpoint: null, not_assessable: [], suppressed: [] };
}
const none = { text: "", severity: "", rule: "" } as const;

describe("model", () => {
  it("puts the worst first and counts in names", () => {
    const runs = [run("r10", "healthy"), run("r2", "healthy"), run("b", "attention"), run("a", "failing")];
    expect(worstFirst(runs).map((r) => r.name)).toEqual(["a", "b", "r2", "r10"]);
  });
  it("filters by text, severity and rule", () => {
    const bad = run("Big", "failing", { id: "overfitting", severity: "error" });
    expect(matches(bad, { ...none, text: "big over" })).toBe(true);
    expect(matches(bad, { ...none, text: "small" })).toBe(false);
    expect(matches(bad, { ...none, severity: "warning" })).toBe(true);
    expect(matches(run("x", "attention", { id: "plateau", severity: "warning" }), { ...none, severity: "error" })).toBe(false);
    expect(matches(bad, { ...none, rule: "plateau" })).toBe(false);
  });
  it("shows what is invisible", () => {
    expect(printable("a\u202eb\n")).toBe("a\\u{202e}b\\u{a}");
  });
  it("formats numbers that are not finite", () => {
    expect(formatNumber("NaN")).toBe("NaN");
    expect(formatNumber(0.123456)).toBe("0.1235");
  });
});

describe("panels", () => {
  it("keeps what is counted in batches apart from epochs", () => {
    const series = ["epoch_loss", "evaluation_loss_vs_iterations"].map((tag) => ({ run: "v", tag, role: { split: "validation", quantity: "loss" }, steps: [0], values: [1] }));
    const made = panels(series);
    expect(made.map((p) => [p.title, p.foreign])).toEqual([["loss", false], ["loss over iterations", true]]);
  });
});

describe("table", () => {
  it("joins series over their steps; later points win and NaN is a gap", () => {
    const role = { split: "train", quantity: "loss" };
    const rows = table([{ run: "a", tag: "t", role, steps: [0, 2, 2], values: [1, 5, 3] }, { run: "b", tag: "t", role, steps: [1], values: ["NaN"] }]);
    expect(rows).toEqual([[0, 1, 2], [1, null, 3], [null, null, null]]);
  });
});

describe("markdown", () => {
  it("holds nothing that runs or loads", () => {
    const made = markdown('# A\n<img src=x onerror=alert(1)><script>alert(1)</script>[x](javascript:alert(1))');
    const div = document.createElement("div");
    div.append(made);
    expect(div.querySelector("img, script")).toBeNull();
    expect(div.querySelector("a")?.getAttribute("href") ?? "").not.toContain("javascript");
    expect(div.querySelector("h1")?.textContent).toBe("A");
  });
});

describe("view", () => {
  it("survives an address", () => {
    const view = { text: "a b", severity: "error", rule: "overfitting", run: "<r>&=#", group: "", log: true } as const;
    expect(fromParams(Object.fromEntries(new URLSearchParams(new URLSearchParams(toParams(view)).toString())))).toEqual(view);
  });
});
