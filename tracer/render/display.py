"""How a notebook shows a trace: as its page, in Markdown with maths."""

from __future__ import annotations

from tracer.derive.trace import Trace


class DisplayedTrace(Trace):
    """A trace that Jupyter shows as a page when it stands at the end of a cell."""

    @classmethod
    def of(cls, trace: Trace) -> DisplayedTrace:
        """The same trace, to be looked at."""
        return cls(trace.spec, trace.arithmetic, trace.segments, trace.unsettled)

    def _repr_markdown_(self) -> str:
        """The page."""
        from tracer.notation.notation import terminal
        from tracer.render.pages.markdown import markdown_sections
        from tracer.sheet.digits import standard_digits
        from tracer.sheet.overview import whole
        from tracer.sheet.page import Wanted

        wanted = Wanted(standard_digits(self.spec, self.arithmetic))
        sections = markdown_sections(whole(self, wanted), terminal(self.several_samples))
        return "\n\n".join("\n".join(lines) for lines in sections)
