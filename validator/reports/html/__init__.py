"""The report as one HTML page: what is written down in `render`, drawn by its neighbours."""

from validator.reports.html.render import Checked, body, render, render_all, script, style

__all__ = ["Checked", "body", "render", "render_all", "script", "style"]
