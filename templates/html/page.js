"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const one = (selector, inside = document) => inside.querySelector(selector);
  const data = JSON.parse(one("#page-data").textContent);
  const words = data.words;
  const items = data.names.map((name) => document.getElementById(name));
  const numbers = new Map(data.names.map((name, k) => [name, k]));
  const steps = data.uses.flatMap((uses, k) => (uses ? [k] : []));
  const views = all(".view");
  const player = one(".player");
  const PAUSE = 2600;
  /* A page with blocks of its author's own may lack a button. */
  const say = (selector, text) => { for (const found of all(selector)) found.textContent = text; };
  let current = -1;
  let timer = 0;

  const kept = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch { /* a page from a file may have no storage */ }
    return null;
  };

  /* Views are tabs. */
  const openView = (view) => {
    for (const other of views) other.classList.toggle("on", other === view);
    for (const link of all(".tabs a")) {
      if (link.hash === `#${view.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (player) player.hidden = !steps.length || view !== views[0];
    markWide(view);
  };

  /* What is larger than its place can be reached and scrolled by keys. */
  const markWide = (inside) => {
    const boxes = all(".lines p, .line, .symbol, .scroll, .givens li", inside);
    const wide = boxes.map((box) => box.scrollWidth > box.clientWidth + 1
      || (box.classList.contains("scroll") && box.scrollHeight > box.clientHeight + 1));
    boxes.forEach((box, k) => {
      if (wide[k]) {
        box.tabIndex = 0;
        if (!box.hasAttribute("role")) box.setAttribute("role", "group");
        box.setAttribute("aria-label", label(one("svg", box)) || words.wide);
      } else if (box.tabIndex === 0) {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    });
  };

  /* Steps. */
  const address = (name) => `#${encodeURIComponent(name)}`;
  const nameOf = (hash) => {
    try { return decodeURIComponent(hash.slice(1)); } catch { return ""; }
  };
  const label = (math) => (math ? math.getAttribute("aria-label") : "") || "";

  /* Nodes, edges and their numbers in the diagram, by the quantities that they show; those of the
     first sample and step stand for the others. */
  const drawn = new Map();
  const bare = (name) => name.replace(/@\d+$/, "").replace(/\[\d+\]$/, "");
  const quantities = (part) =>
    (part.dataset.quantity || part.dataset.quantities || "").split(" ").filter(Boolean);
  const edges = all(".diagram .edge");
  const drawnParts = all(".diagram [data-quantity], .diagram [data-quantities]");
  for (const part of drawnParts) {
    for (const name of new Set(quantities(part).map(bare))) {
      drawn.set(name, [...(drawn.get(name) || []), part]);
    }
  }
  const drawnOf = (k) => drawn.get(bare(data.names[k])) || [];
  const isEdge = (part) => part.classList.contains("edge");
  const touches = (edge, ids) => ids.has(edge.dataset.tail) || ids.has(edge.dataset.head);
  const lightDrawn = (k) => {
    const aims = drawnOf(k);
    const ids = new Set(aims.map((part) => (part.closest(".node") || part).id));
    const used = (data.uses[k] || []).flatMap((other) => {
      const parts = drawnOf(other);
      const beside = parts.filter((part) => isEdge(part) && touches(part, ids));
      return beside.length ? [...parts.filter((part) => !isEdge(part)), ...beside] : parts;
    });
    const ends = new Set(used.map((part) => (part.closest(".node") || part).id));
    const between = edges.filter((edge) => !edge.dataset.parameter
      && ((ids.has(edge.dataset.tail) && ends.has(edge.dataset.head))
        || (ids.has(edge.dataset.head) && ends.has(edge.dataset.tail))));
    for (const part of [...used, ...between]) part.classList.add("used");
    for (const part of aims) { part.classList.remove("used"); part.classList.add("aim"); }
    if (aims.length) bringIntoView(aims[0].closest(".node") || aims[0]);
  };
  /* Of a diagram larger than its place, the part that a step is about. */
  const bringIntoView = (part) => {
    const box = part.closest(".scroll");
    const [place, room] = [part.getBoundingClientRect(), box.getBoundingClientRect()];
    box.scrollLeft += place.left + place.width / 2 - room.left - room.width / 2;
    box.scrollTop += place.top + place.height / 2 - room.top - room.height / 2;
  };

  const light = (k) => {
    for (const lit of all(".now, .used, .aim")) lit.classList.remove("now", "used", "aim");
    if (k < 0) return;
    for (const used of data.uses[k] || []) items[used].classList.add("used");
    items[k].classList.add("now");
    lightDrawn(k);
  };

  const tell = (k) => {
    if (!player) return;
    const item = items[k];
    const part = item.closest(".part");
    const heading = one("h3, h4", part);
    const lines = all(".lines p:not(details p)", item);
    const last = lines.length ? one("math", lines[lines.length - 1]) : null;
    player.dataset.direction = [...part.classList].find((name) => name !== "part") || "";
    one(".where", player).textContent = heading
      ? [...heading.childNodes].map((node) => node.textContent).join(" ") : "";
    one(".count", player).textContent = words.step
      .replace("{k}", steps.indexOf(k) + 1).replace("{n}", steps.length);
    one(".shown", player).replaceChildren(
      ...[one(".symbol math", item), last].filter(Boolean).map((math) => math.cloneNode(true)));
    one(".say", player).textContent =
      `${one(".count", player).textContent}: ${label(one(".symbol math", item))} ${label(last)}`;
  };

  const select = (k) => {
    current = k;
    light(k);
    if (k >= 0 && data.uses[k]) tell(k);
    const at = steps.indexOf(k);
    const ends = { first: at === 0, back: at === 0, next: at === steps.length - 1, last: at === steps.length - 1 };
    for (const [name, isEnd] of Object.entries(ends)) {
      for (const button of all(`.player [data-do=${name}]`)) button.disabled = isEnd;
    }
  };
  const go = (k, keep = true) => {
    if (k === undefined || k === current) return;
    const to = address(data.names[k]);
    select(k); /* at once: the address follows later, and keys can be faster */
    if (keep) location.hash = to;
    else location.replace(to);
  };
  /* The next quantity of what was clicked on: a node shows several. */
  const ofDrawn = (part) => {
    const known = quantities(part).filter((name) => numbers.has(name)).map((name) => numbers.get(name));
    return known[(known.indexOf(current) + 1) % known.length];
  };
  const move = (by) => {
    const at = steps.indexOf(current);
    if (at >= 0) return steps[at + by];
    const later = steps.findIndex((k) => k > current);
    return by > 0 ? steps[Math.max(later, 0)] : undefined;
  };

  const follow = () => {
    const name = nameOf(location.hash);
    const view = views.find((found) => found.id === name);
    const k = numbers.get(name);
    if (view || k !== undefined || !views.some((other) => other.classList.contains("on"))) {
      openView(view || views[0]);
    }
    if (k === undefined) return;
    select(k);
    items[k].scrollIntoView({ block: "center" });
  };

  const pause = () => {
    if (!player) return;
    clearInterval(timer);
    timer = 0;
    one("[data-do=play]", player).setAttribute("aria-label", words.play);
    player.classList.remove("playing");
  };
  const play = () => {
    if (timer) { pause(); return; }
    const start = steps.indexOf(current) === steps.length - 1 ? steps[0] : move(1);
    go(start, false);
    timer = setInterval(() => {
      const next = move(1);
      if (next === undefined) pause();
      else go(next, false);
    }, PAUSE);
    one("[data-do=play]", player).setAttribute("aria-label", words.pause);
    player.classList.add("playing");
  };

  /* Looks. */
  const THEMES = ["auto", "light", "dark"];
  const setTheme = (theme) => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    say("[data-do=theme]", words[theme]);
    kept("trace-theme", theme);
  };
  const nextTheme = () => {
    const at = THEMES.indexOf(root.dataset.theme || "auto");
    setTheme(THEMES[(at + 1) % THEMES.length]);
  };
  const unfold = (open) => {
    for (const details of all(".lines details")) details.open = open;
    say("[data-do=unfold]", open ? words.fold : words.unfold);
  };

  const actions = {
    first: () => go(steps[0]),
    back: () => go(move(-1)),
    next: () => go(move(1)),
    last: () => go(steps[steps.length - 1]),
    play,
    theme: nextTheme,
    unfold: () => unfold(!one(".lines details[open]")),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) {
      if (button.dataset.do !== "play" && player && player.contains(button)) pause();
      if (actions[button.dataset.do]) actions[button.dataset.do]();
      return;
    }
    const shown = event.target.closest("[data-quantity], [data-quantities]");
    if (shown) { pause(); go(ofDrawn(shown)); return; }
    if (event.target.closest("a, button, summary, input, .lines details")) return;
    const step = event.target.closest(".step[id], .givens li[id]");
    if (step && !String(getSelection())) { pause(); go(numbers.get(step.id)); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const target = event.target;
    if (!player || target.closest("input, textarea, select, [role=group][tabindex]")) return;
    const shown = target.closest("[data-quantity], [data-quantities]");
    if (shown && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      go(ofDrawn(shown));
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      pause();
      go(move(event.key === "ArrowRight" ? 1 : -1));
    } else if (event.key === " " && target === document.body && steps.length) {
      event.preventDefault();
      play();
    }
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
  document.addEventListener("toggle", (event) => markWide(event.target), true);
  let waiting = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => markWide(document));
  });
  addEventListener("hashchange", follow);

  for (const step of all(".step[id]:not(.task)")) {
    const link = document.createElement("a");
    link.className = "link";
    link.href = address(step.id);
    link.textContent = "#";
    link.setAttribute("aria-label", `${words.link} ${step.id}`);
    step.append(link);
  }
  root.classList.add("js");
  for (const tools of all(".tools")) tools.hidden = false;
  if (one(".lines details[open]:not(.hint)")) say("[data-do=unfold]", words.fold);
  for (const button of all("[data-do=unfold]")) button.hidden = !one(".lines details:not(.hint)");
  setTheme(THEMES.includes(kept("trace-theme")) ? kept("trace-theme") : "auto");
  if (steps.length) say(".player .count", words.steps.replace("{n}", steps.length));
  openView(views[0]);
  follow();
  document.fonts.ready.then(() => markWide(document));
})();
