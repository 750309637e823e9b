// The page around: filters, tabs, language, light and dark.
const VIEWS = { facts: factsView, totals: totalsView, rejected: rejectedView };
const KINDS = ["money", "parameter_count", "date", "duration", "percent", "quantity", "entity"];

const counts = (values) => {
  const found = new Map();
  for (const value of values) if (value) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((first, second) => second[1] - first[1] || first[0].localeCompare(second[0]));
};

const options = (select, values, chosen) => select.replaceChildren(
  element("option", { value: "" }, word("all")),
  ...values.map(([value, count]) => element("option", { value, selected: value === chosen }, `${value} (${count})`)));

const showFilters = () => {
  const present = new Map(counts(facts.map((fact) => fact.kind)));
  byId("kinds").setAttribute("aria-label", word("kind"));
  byId("kinds").replaceChildren(...KINDS.filter((kind) => present.has(kind)).map((kind) => element("button", {
    type: "button", className: `chip ${kind}`, "aria-pressed": String(!state.hidden.has(kind)), data: { kind },
    on: { click: () => {
      if (!state.hidden.delete(kind)) state.hidden.add(kind);
      refilter();
      document.querySelector(`#kinds [data-kind="${kind}"]`).focus();
    } },
  }, word(kind), element("span", { className: "number" }, present.get(kind).toLocaleString()))));
  options(byId("entity"), counts(facts.map((fact) => fact.name)), state.entity);
  options(byId("currency"), counts(facts.map((fact) => fact.currency)), state.currency);
};

const refilter = () => {
  state.limit = 200;
  showFilters();
  dimMarks();
  showView();
};

const showView = () => {
  byId("tabs").replaceChildren(...Object.keys(VIEWS).map((tab) => element("button", {
    type: "button", role: "tab", id: `tab-${tab}`, "aria-selected": String(state.tab === tab), "aria-controls": "view",
    tabIndex: state.tab === tab ? 0 : -1,
    on: { click: () => chooseTab(tab) },
  }, word(tab))));
  byId("view").setAttribute("aria-labelledby", `tab-${state.tab}`);
  byId("view").replaceChildren(...VIEWS[state.tab]().filter(Boolean));
};

const chooseTab = (tab) => {
  state.tab = tab;
  showView();
  byId(`tab-${tab}`).focus();
};

const isDark = () => document.documentElement.dataset.theme
  ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

const showAll = () => {
  document.documentElement.lang = state.language;
  byId("language").textContent = word("switch");
  byId("theme").textContent = word(isDark() ? "light" : "dark");
  for (const labelled of document.querySelectorAll("[data-word]")) labelled.textContent = word(labelled.dataset.word);
  for (const id of ["previous", "next", "articles"]) byId(id).setAttribute("aria-label", word(id));
  byId("tabs").setAttribute("aria-label", word("facts"));
  byId("summary").textContent = `${data.articles.length.toLocaleString()} ${word("articles")} · ${facts.length.toLocaleString()} ${word("facts").toLowerCase()}`;
  byId("articles").replaceChildren(...data.articles.map((article, place) => element("option", { value: String(place) }, article.title ?? article.id)));
  showFilters();
  showArticle();
  showView();
};

const listen = () => {
  byId("language").addEventListener("click", () => {
    state.language = state.language === "ja" ? "en" : "ja";
    closeCard(false);
    showAll();
  });
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    showAll();
  });
  for (const [id, field] of [["entity", "entity"], ["currency", "currency"], ["search", "query"]])
    byId(id).addEventListener("input", (event) => {
      state[field] = event.target.value;
      refilter();
    });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => {
    Object.assign(state, { entity: "", currency: "", query: "" });
    state.hidden.clear();
    refilter();
  });
  byId("tabs").addEventListener("keydown", (event) => {
    const tabs = Object.keys(VIEWS);
    const by = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
    if (by) chooseTab(tabs[(tabs.indexOf(state.tab) + by) % tabs.length]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("card").hidden) closeCard(true);
    if (event.key === "/" && !event.target.closest("input, select")) {
      event.preventDefault();
      byId("search").focus();
    }
  });
};

listenToArticle();
listen();
showAll();
