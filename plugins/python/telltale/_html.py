"""A diagnosis as HTML for notebooks. Every name in it may be hostile."""

from __future__ import annotations

import html
from typing import Any

_COLOURS = {
    "error": "#c0392b",
    "failing": "#c0392b",
    "warning": "#b9770e",
    "attention": "#b9770e",
    "info": "#2471a3",
    "undiagnosable": "#7f8c8d",
    "healthy": "#1e8449",
}
_MOST_RUNS = 200


def page(document: dict[str, Any]) -> str:
    """The document of schema "telltale.diagnosis/1" as HTML without scripts or links."""
    runs = document["training_runs"]
    parts = ["<div class='telltale'>"]
    parts += [_run(run) for run in runs[:_MOST_RUNS]]
    if len(runs) > _MOST_RUNS:
        parts.append(f"<p>and {len(runs) - _MOST_RUNS} more training runs</p>")
    for group in document["groups"]:
        if group["findings"]:
            parts.append(f"<p><b>{_text(group['name'])}</b> ({len(group['training_runs'])} training runs)</p>")
            parts += [_finding(finding) for finding in group["findings"]]
    if document["problems"]:
        parts.append(f"<p>{len(document['problems'])} problems in files:</p><ul>")
        parts += [f"<li><code>{_text(p['path'])}</code>: {_text(p['message'])}</li>" for p in document["problems"][:20]]
        parts.append("</ul>")
    parts.append("</div>")
    return "".join(parts)


def _text(value: object) -> str:
    # What is invisible or turns the direction of writing would let a name look like another.
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(value))
    return html.escape(shown, quote=True)


def _badge(word: str) -> str:
    colour = _COLOURS.get(word, "#7f8c8d")
    return f"<span style='color:{colour};font-weight:bold'>{_text(word)}</span>"


def _run(run: dict[str, Any]) -> str:
    parts = [f"<p style='margin:0.6em 0 0.2em'><b>{_text(run['name'])}</b>: {_badge(run['verdict'])}</p>"]
    parts += [_finding(finding) for finding in run["findings"]]
    return "".join(parts)


def _finding(finding: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{_text(e['name'])}</td><td>{_number(e['value'])} {_text(e['unit'])}</td>"
        f"<td>{_text(e['series'])}</td></tr>"
        for e in finding["evidence"]
    )
    remedies = "".join(f"<li>{_text(remedy)}</li>" for remedy in finding["remedies"])
    return (
        "<details style='margin-left:1.2em'>"
        f"<summary>{_badge(finding['severity'])} <code>{_text(finding['id'])}</code> {_text(finding['summary'])}"
        f" <span style='opacity:0.6'>{finding['confidence']:.2f}</span></summary>"
        f"<table>{rows}</table><ol>{remedies}</ol></details>"
    )


def _number(value: Any) -> str:
    return _text(value) if isinstance(value, str) else f"{value:.6g}"
