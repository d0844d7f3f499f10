/** TensorBoard imports this module and calls render(); the page of `telltale report` holds its data. */
import { TelltaleApp } from "./app";
import { PageHost, TensorBoardHost, type Host } from "./host";
import { HttpSource, InlineSource, type Source } from "./source";

function show(source: Source, host: Host): void {
  const app = new TelltaleApp();
  app.source = source;
  app.host = host;
  document.documentElement.style.height = "100%";
  document.body.style.margin = "0";
  document.body.append(app);
}

export function render(): void {
  show(new HttpSource(), window.parent === window ? new PageHost() : new TensorBoardHost());
}

const data = document.getElementById("telltale-data");
if (data) show(new InlineSource(data.textContent), new PageHost());
