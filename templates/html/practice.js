(() => {
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const one = (selector, inside = document) => inside.querySelector(selector);
  const data = JSON.parse(one("#page-data").textContent);
  const words = data.words;
  const sheet = data.practice;
  const isChecked = Boolean(sheet.trees);
  const KEY = `trace-sheet-${sheet.kept}`;
  const LEAST = 3;
  const tasks = new Map(all(".task").map((task) => [Number(task.dataset.number), task]));
  const order = [...tasks.keys()];
  const input = (k) => one("input", tasks.get(k));

  /* Numbers as people write them. */
  const plainText = (text) => text.trim().replace(/[−–]/g, "-").replace(/\s+/g, "")
    .replace(/[·×*]10\^?\(?(-?\d+)\)?$/, "e$1").replace(/^(-?\d*),(\d+)/, "$1.$2");
  const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  const numberOf = (text) => {
    const parts = plainText(text).split("/");
    if (parts.length > 2 || !parts.every((part) => DECIMAL.test(part))) return NaN;
    return parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  };
  /* Half a unit in the last digit that was written; 0 for a fraction. */
  const halfUnit = (text) => {
    const plain = plainText(text).toLowerCase();
    if (plain.includes("/")) return 0;
    const [digits, exponent] = plain.split("e");
    const point = digits.indexOf(".");
    const decimals = point < 0 ? 0 : digits.length - point - 1;
    return 0.5 * 10 ** (Number(exponent || 0) - decimals);
  };
  const significant = (text) =>
    plainText(text).toLowerCase().split("e")[0].replace(/[+\-.]/g, "").replace(/^0+/, "").length;

  /* Formulas: small trees, evaluated without eval. */
  const atZero = (x, ...other) => (other.length ? other[0] : undefined);
  const FUNCTIONS = {
    "-": (x) => -x,
    "+": (...terms) => terms.reduce((sum, term) => sum + term, 0),
    "*": (...factors) => factors.reduce((product, factor) => product * factor, 1),
    "/": (x, y) => x / y,
    "^": (x, y) => x ** y,
    exp: Math.exp, ln: Math.log, sqrt: Math.sqrt, sin: Math.sin, cos: Math.cos, tan: Math.tan,
    sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, atan: Math.atan, log10: Math.log10,
    abs: (x) => Math.abs(x), max: Math.max, min: Math.min,
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    softplus: (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
    relu: (x) => Math.max(0, x),
    step: (x, ...other) => (x > 0 ? 1 : x < 0 ? 0 : atZero(x, ...other) ?? 1),
    sign: (x, ...other) => (x > 0 ? 1 : x < 0 ? -1 : atZero(x, ...other) ?? -1),
  };
  const RELATIONS = {
    "<": (x, y) => x < y, "<=": (x, y) => x <= y, ">": (x, y) => x > y,
    ">=": (x, y) => x >= y, "==": (x, y) => x === y,
  };
  const valueOf = (tree, operands) => {
    if (typeof tree === "number") return tree;
    const [sign, ...parts] = tree;
    if (sign === "$") return operands[parts[0]];
    if (sign === "where") {
      const found = parts[0].find(([left, relation, right]) =>
        RELATIONS[relation](valueOf(left, operands), valueOf(right, operands)));
      return valueOf(found ? found[3] : parts[1], operands);
    }
    return FUNCTIONS[sign](...parts.map((part) => valueOf(part, operands)));
  };

  /* Rounding, as the calculation does it by hand. */
  const magnitude = (x) => Number(x.toExponential().split("e")[1]);
  const toUnit = (x, exponent, mode) => {
    const scaled = Number(`${Number(Math.abs(x).toPrecision(14))}e0`) / 10 ** exponent;
    const settled = Number(scaled.toPrecision(13));
    const low = Math.floor(settled);
    const up = mode === "cut" ? false
      : settled - low > 0.5 || (settled - low === 0.5 && (mode === "half-up" || low % 2 === 1));
    return Math.sign(x) * Number(`${low + (up ? 1 : 0)}e${exponent}`);
  };
  const rounded = (x) => {
    const how = sheet.rounding;
    if (!how || !x || !Number.isFinite(x)) return x;
    return toUnit(x, how.decimals === undefined ? magnitude(x) - how.significant + 1 : -how.decimals, how.mode);
  };
  const shownUnit = (x) => {
    const { decimals, significant: digits } = sheet.digits;
    const bySize = x ? magnitude(x) - digits + 1 : -digits;
    return 0.5 * 10 ** (decimals === null || Math.abs(x) < 10 ** -decimals ? bySize : -decimals);
  };

  /* Our number of a step, and the one that follows from what was filled in before. */
  const known = new Map(Object.entries(sheet.known || {}).map(([k, text]) => [Number(k), numberOf(text)]));
  const ours = new Map(known);
  const made = (k, of) => {
    const [shape, operands] = sheet.steps[k];
    return rounded(valueOf(sheet.trees[shape], operands.map(of)));
  };
  if (isChecked) for (const k of order) ours.set(k, made(k, (other) => ours.get(other)));
  const verdicts = new Map();
  const filled = (k) => {
    const text = tasks.has(k) ? input(k).value.trim() : "";
    const value = text ? numberOf(text) : NaN;
    return Number.isFinite(value) ? value : undefined;
  };
  const followed = (k, seen = new Map()) => made(k, (other) => {
    if (known.has(other) || !tasks.has(other)) return known.get(other);
    if (!seen.has(other)) seen.set(other, filled(other) ?? followed(other, seen));
    return seen.get(other);
  });
  const near = (x, y, room) => Math.abs(x - y) <= room + 1e-12 * Math.max(Math.abs(x), Math.abs(y));
  const isOff = (k, seen = new Set()) => sheet.steps[k][1].some((other) => {
    if (!tasks.has(other) || seen.has(other)) return false;
    seen.add(other);
    if (filled(other) === undefined) return isOff(other, seen);
    return !["right", "rounded"].includes(verdicts.get(other));
  });
  const verdict = (k) => {
    const text = input(k).value.trim();
    if (!text) return "";
    const value = numberOf(text);
    if (!Number.isFinite(value)) return "number";
    const right = ours.get(k);
    if (near(value, right, shownUnit(right))) return "right";
    const enough = Math.min(LEAST, sheet.digits.significant);
    const after = followed(k);
    const isNear = (other) => near(value, other, Math.max(halfUnit(text), shownUnit(other)));
    if (isNear(right) || (isNear(after) && !isOff(k))) {
      return significant(text) < enough && value !== after ? "few" : "rounded";
    }
    return isNear(after) ? "follows" : "wrong";
  };
  const MARKS = { right: "✓", rounded: "≈", follows: "↷", wrong: "✗", number: "?", few: "…" };
  const GOOD = ["right", "rounded", "follows"];

  const check = () => {
    for (const k of order) {
      const found = isChecked ? verdict(k) : "";
      verdicts.set(k, found);
      tasks.get(k).dataset.verdict = found;
      const says = found
        ? `${MARKS[found]} ${words[found].replace("{n}", Math.min(LEAST, sheet.digits.significant))}` : "";
      const place = one("output", tasks.get(k));
      if (place.textContent !== says) place.textContent = says;
      input(k).setAttribute("aria-invalid", ["wrong", "number"].includes(found));
    }
    const many = order.filter((k) => (isChecked ? GOOD.includes(verdicts.get(k)) : input(k).value.trim()));
    const progress = one(".progress");
    progress.hidden = false;
    progress.textContent = words[isChecked ? "progress" : "filled"]
      .replace("{k}", many.length).replace("{n}", order.length);
    if (isChecked) putIn();
  };

  /* The third hint: the formula with the reader's own numbers, or ours where there is none yet. */
  const shown = (x) => {
    const { decimals, significant: digits } = sheet.digits;
    const text = decimals === null || Math.abs(x) < 10 ** -decimals
      ? String(Number(x.toPrecision(digits))) : x.toFixed(decimals);
    return text.replace("-", "−");
  };
  const putIn = () => {
    for (const task of tasks.values()) {
      if (one(".numbers", task).hidden) continue;
      for (const place of all("[data-of]", task)) {
        const k = Number(place.dataset.of);
        const written = sheet.known[k] ?? shown(ours.get(k));
        const text = filled(k) === undefined ? written : input(k).value.trim();
        place.textContent = /^[-−]/.test(text) ? `(${text.replace("-", "−")})` : text;
      }
    }
  };
  const STAGES = [".rule", ".formula", ".numbers"];
  const isOpen = (part) => (part.tagName === "DETAILS" ? part.open : !part.hidden);
  const hint = (task) => {
    const parts = STAGES.map((stage) => one(stage, task));
    const next = parts.find((part) => !isOpen(part));
    if (!next) return;
    if (next.tagName === "DETAILS") { next.hidden = false; next.open = true; } else next.hidden = false;
    one("[data-do=hint]", task).disabled = parts.every(isOpen);
    putIn();
    keep();
  };

  /* What was filled in is kept in the browser. */
  const keep = () => {
    const numbers = order.filter((k) => input(k).value).map((k) => [k, input(k).value]);
    const hints = order.map((k) => [k, STAGES.filter((stage) => {
      const part = one(stage, tasks.get(k));
      return part && isOpen(part);
    }).length]).filter(([, count]) => count);
    try {
      localStorage.setItem(KEY, JSON.stringify({ numbers, hints }));
    } catch { /* a page from a file may have no storage */ }
  };
  const recall = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY)) || {};
      for (const [k, text] of found.numbers || []) if (tasks.has(k)) input(k).value = String(text);
      for (const [k, count] of found.hints || []) {
        for (let stage = 0; stage < count && isChecked && tasks.has(k); stage += 1) hint(tasks.get(k));
      }
    } catch { /* nothing was kept, or nothing that can be read */ }
  };
  const forget = () => {
    if (!confirm(words.reset)) return;
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    for (const k of order) input(k).value = "";
    for (const part of all(".task details.hint")) part.open = false;
    for (const part of all(".task .numbers")) part.hidden = true;
    for (const button of all("[data-do=hint]")) button.disabled = false;
    check();
  };
  const save = () => {
    const lines = order.filter((k) => input(k).value.trim())
      .map((k) => `${JSON.stringify(sheet.tasks[k])}: ${JSON.stringify(plainText(input(k).value))}\n`);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(lines, { type: "text/yaml" }));
    link.download = "answers.yaml";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const formulas = () => {
    const parts = all(".task .formula");
    const open = !parts.every((part) => part.open);
    for (const part of parts) { part.hidden = false; part.open = open; }
    one("[data-do=formulas]").textContent = open ? words.hideFormulas : words.showFormulas;
    for (const task of tasks.values()) {
      one("[data-do=hint]", task).disabled = STAGES.every((stage) => isOpen(one(stage, task)));
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    const action = button && { hint: () => hint(button.closest(".task")), save, reset: forget, formulas }[button.dataset.do];
    if (action) action();
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest(".task")) { check(); keep(); }
  });
  document.addEventListener("keydown", (event) => {
    const task = event.target.closest(".task");
    if (event.key !== "Enter" || !task || event.target.tagName !== "INPUT") return;
    check();
    keep();
    const next = order[order.indexOf(Number(task.dataset.number)) + 1];
    if (next !== undefined) input(next).focus();
  });
  document.addEventListener("toggle", (event) => {
    const task = event.target.closest(".task");
    if (!task) return;
    one("[data-do=hint]", task).disabled = STAGES.every((stage) => isOpen(one(stage, task)));
    keep();
  }, true);

  for (const button of all("[data-do=hint]")) button.hidden = false;
  recall();
  check();
})();
