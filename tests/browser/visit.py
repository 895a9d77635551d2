"""Pages, opened as a reader with this screen and these wishes sees them, and their complaints."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Route

LOCAL = ("file:///", "data:", "blob:", "about:")
HEIGHT = 900


class Visit:
    """Some pages in a browser.

    Attributes:
        complaints: requests that pages made of a network, and errors of their scripts.
    """

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.complaints: list[str] = []
        self._browser = browser
        self._folder = folder
        self._contexts: list[BrowserContext] = []

    def page(
        self,
        source: Path | str,
        *,
        width: int = 1280,
        height: int = HEIGHT,
        dark: bool = False,
        reduced_motion: bool = False,
        script: bool = True,
        fragment: str = "",
    ) -> Page:
        """A page, opened and loaded.

        Args:
            source: its file, or its text.
            width: of the screen, in CSS pixels.
            height: of the screen, in CSS pixels.
            dark: whether the reader wants dark pages.
            reduced_motion: whether the reader wants no movement.
            script: whether the browser runs scripts.
            fragment: what follows ``#`` in its address.
        """
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if reduced_motion else "no-preference",
            java_script_enabled=script,
        )
        self._contexts.append(context)
        context.route("**/*", self._route)
        page = context.new_page()
        page.on("pageerror", self._failed)
        page.on("console", self._said)
        address = self._file(source).as_uri()
        page.goto(f"{address}#{fragment}" if fragment else address)
        return page

    def close(self) -> None:
        """Closes all pages."""
        for context in self._contexts:
            context.close()

    def _file(self, source: Path | str) -> Path:
        """The file of a page: a text is written into one."""
        if isinstance(source, Path):
            return source.absolute()
        path = self._folder / f"page-{len(self._contexts)}.html"
        path.write_text(source, encoding="utf-8")
        return path

    def _route(self, route: Route) -> None:
        """Lets a page read files and its own data; anything else is refused and remembered."""
        if route.request.url.startswith(LOCAL):
            route.continue_()
            return
        self.complaints.append(f"request: {route.request.url}")
        route.abort()

    def _failed(self, error: Error) -> None:
        self.complaints.append(f"script: {error}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")
