/** What a link reproduces: the filter and what is selected. */
import type { Filter, Severity } from "./model";

export interface View extends Filter {
  run: string;
  group: string;
  log: boolean;
}

export const NO_VIEW: View = { text: "", severity: "", rule: "", run: "", group: "", log: false };

/** Strings by their names; what is as usual is left out. */
export function toParams(view: View): Record<string, string> {
  const params: Record<string, string> = {};
  for (const key of ["run", "group", "text", "severity", "rule"] as const) {
    if (view[key] !== "") params[key] = view[key];
  }
  if (view.log) params.axis = "log";
  return params;
}

export function fromParams(params: Record<string, string | undefined>): View {
  const severity = params.severity ?? "";
  return {
    text: params.text ?? "",
    severity: ["error", "warning", "info"].includes(severity) ? (severity as Severity) : "",
    rule: params.rule ?? "",
    run: params.run ?? "",
    group: params.group ?? "",
    log: params.axis === "log",
  };
}
