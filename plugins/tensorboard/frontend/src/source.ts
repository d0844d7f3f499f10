/** Where the page's data comes from: TensorBoard's server, or the page itself. */
import type { Diagnosis, Overview, Rule, Samples, TrainingRun } from "./model";

/** What the server is doing, for the line above the list. */
export interface Status {
  state: "reading" | "ready" | "failed" | "not-installed";
  message: string;
  /** Changes whenever the diagnosis does. */
  version: number;
  /** Where annotations may be written: the token that says so. */
  token?: string;
  /** Where it is not the version that was asked about. */
  runs?: Overview;
}

export interface Source {
  /** Whether the data may still change: then poll status(). */
  readonly live: boolean;
  /** May wait for a moment while there is nothing newer than the version `known`, 0 for nothing yet. */
  status(known: number): Promise<Status>;
  trainingRun(name: string): Promise<TrainingRun | undefined>;
  series(trainingRun: string): Promise<Samples[]>;
  rule(id: string): Promise<Rule | undefined>;
  annotate(token: string): Promise<string>;
}

interface Inlined {
  diagnosis: Diagnosis;
  /** One list a training run, in their order. */
  series: Omit<Samples, "role">[][];
  rules: Rule[];
}

/** The data that `telltale report` wrote into the page. */
export class InlineSource implements Source {
  readonly live = false;
  readonly #data: Inlined;

  constructor(text: string) {
    this.#data = JSON.parse(text) as Inlined;
  }

  status(): Promise<Status> {
    return Promise.resolve({ state: "ready", message: "", version: 1, runs: this.#data.diagnosis });
  }
  trainingRun(name: string): Promise<TrainingRun | undefined> {
    return Promise.resolve(this.#data.diagnosis.training_runs.find((run) => run.name === name));
  }
  series(trainingRun: string): Promise<Samples[]> {
    const at = this.#data.diagnosis.training_runs.findIndex((run) => run.name === trainingRun);
    const known = this.#data.diagnosis.training_runs[at]?.series ?? [];
    return Promise.resolve((this.#data.series[at] ?? []).map((each) => {
      const info = known.find((other) => other.run === each.run && other.tag === each.tag);
      return { ...each, role: info?.role ?? { split: "", quantity: "" } };
    }));
  }
  rule(id: string): Promise<Rule | undefined> {
    return Promise.resolve(this.#data.rules.find((rule) => rule.id === id));
  }
  annotate(): Promise<string> {
    return Promise.reject(new Error("a page writes nothing"));
  }
}

/** The plugin's routes. Addresses are relative, so that they hold below --path_prefix. */
export class HttpSource implements Source {
  readonly live = true;
  #rules: Promise<Rule[]> | undefined;

  status(known: number): Promise<Status> {
    return get<Status>(`./status?version=${known}`);
  }
  async trainingRun(name: string): Promise<TrainingRun | undefined> {
    return (await get<TrainingRun | null>(`./findings?training_run=${encodeURIComponent(name)}`)) ?? undefined;
  }
  series(trainingRun: string): Promise<Samples[]> {
    return get<Samples[]>(`./series?training_run=${encodeURIComponent(trainingRun)}`);
  }
  async rule(id: string): Promise<Rule | undefined> {
    this.#rules ??= get<Rule[]>("./rules");
    return (await this.#rules).find((rule) => rule.id === id);
  }
  async annotate(token: string): Promise<string> {
    const answer = await fetch("./annotate", { method: "POST", headers: { "X-Telltale-Token": token } });
    const body = (await answer.json()) as { message: string };
    if (!answer.ok) throw new Error(body.message);
    return body.message;
  }
}

async function get<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`);
  return (await answer.json()) as T;
}
