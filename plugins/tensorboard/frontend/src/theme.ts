/** Colours and shapes that all components share. */
import { css } from "lit";

export const theme = css`
  :host { box-sizing: border-box; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; color: var(--ink); }
  *, *::before, *::after { box-sizing: inherit; }
  h2, h3, h4, p, ul, ol, table { margin: 0; }
  button, input, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 4px 8px; }
  button { cursor: pointer; }
  button:hover { border-color: var(--accent); }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
  code, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.92em; }
  .dim { color: var(--dim); }
  .pill { display: inline-block; padding: 0 8px; border-radius: 999px; font-size: 12px; font-weight: 600; line-height: 20px; color: var(--tone); background: color-mix(in srgb, var(--tone) 14%, transparent); white-space: nowrap; }
  .failing, .error { --tone: var(--error); }
  .attention, .warning { --tone: var(--warning); }
  .info { --tone: var(--info); }
  .healthy { --tone: var(--healthy); }
  .undiagnosable { --tone: var(--dim); }
`;

export const palette = css`
  :host {
    color-scheme: light;
    --page: #f6f7f9; --raised: #fff; --line: #dde1e7; --ink: #1c2430; --dim: #5c6878; --accent: #1a66d2; --chosen: #e8f0fe;
    --error: #b3261e; --warning: #8f5400; --info: #1a5fb4; --healthy: #1b7338;
    --train: #e8710a; --validation: #1a66d2; --test: #7b3fb5; --other: #4d7c7c;
  }
  :host([dark]) {
    color-scheme: dark;
    --page: #1f2227; --raised: #292d33; --line: #41464f; --ink: #e7eaee; --dim: #a3adba; --accent: #8ab4f8; --chosen: #2f3d54;
    --error: #ff8a80; --warning: #ffb74d; --info: #8ab4f8; --healthy: #81c995;
    --train: #ffa45c; --validation: #8ab4f8; --test: #c58af9; --other: #80cbc4;
  }
`;
