// All facts that fit the filters, as a table to sort.
const COLUMNS = {
  position: (fact) => [fact.article, fact.start],
  kind: (fact) => word(fact.type ?? fact.kind),
  text: (fact) => fact.text,
  value: (fact) => valueOf(fact),
  usd: (fact) => {
    const known = (dollars(fact) ?? []).filter((end) => end !== null).map(Number);
    return known.length ? known.reduce((sum, end) => sum + end, 0) / known.length : null;
  },
  subject: (fact) => subjectText(fact) || null,
  predicate: (fact) => (fact.predicate ? word(fact.predicate) : null),
};

const compare = (first, second) => {
  if (Array.isArray(first)) return first[0] - second[0] || first[1] - second[1];
  if (typeof first === "number") return first - second;
  return first.localeCompare(second, state.language);
};

// What is not known comes last, whichever way the rest is sorted.
const sorted = (rows) => {
  const { column, falling } = state.sort;
  const keyed = rows.map((fact) => [COLUMNS[column](fact), fact]);
  keyed.sort(([first], [second]) => {
    if (first === null || second === null) return (first === null) - (second === null);
    return falling ? compare(second, first) : compare(first, second);
  });
  return keyed.map(([, fact]) => fact);
};

const heading = (column) => {
  const { column: by, falling } = state.sort;
  const button = element("button", {
    type: "button",
    on: { click: () => {
      state.sort = { column, falling: by === column ? !falling : column === "usd" };
      showView();
      document.querySelector(`th[data-column="${column}"] button`).focus();
    } },
  }, word(column), element("span", { className: "arrow", "aria-hidden": "true" }, by === column ? (falling ? "▼" : "▲") : ""));
  return element("th", {
    scope: "col", className: column, "aria-sort": by === column ? (falling ? "descending" : "ascending") : "none", data: { column },
  }, button);
};

const tableRow = (fact) => {
  const several = data.articles.length > 1;
  const article = data.articles[fact.article];
  return element("tr", {
    data: { key: `${fact.article}-${fact.index}` }, on: { click: () => goTo(fact) },
  },
  element("td", { className: "position" }, several ? element("span", { className: "of", title: article.source }, article.title ?? article.id) : "", String(fact.start)),
  element("td", { className: "kind" }, element("span", { className: `kind ${fact.kind}` }, word(fact.type ?? fact.kind))),
  element("td", { className: "text" }, element("button", { type: "button", className: "link" }, fact.text)),
  element("td", { className: "value" }, valueOf(fact)),
  element("td", { className: "usd" }, fact.kind === "money" ? dollarsText(fact) : ""),
  element("td", { className: "subject" }, subjectText(fact) || ("subject" in fact ? UNKNOWN : "")),
  element("td", { className: "predicate" }, fact.kind === "money" ? (fact.predicate ? word(fact.predicate) : UNKNOWN) : ""));
};

const factsView = () => {
  const fitting = sorted(facts.filter((fact) => fits(fact) && (!state.only || fact.article === state.article)));
  const shown = fitting.slice(0, state.limit);
  const only = data.articles.length > 1 ? element("label", { className: "only" },
    element("input", { type: "checkbox", id: "only", checked: state.only, on: { change: (event) => {
      state.only = event.target.checked;
      showView();
      byId("only").focus();
    } } }), word("only")) : null;
  return [
    element("p", { className: "count", "aria-live": "polite" }, `${fitting.length.toLocaleString()} / ${facts.length.toLocaleString()} ${word("count")}`, only),
    fitting.length ? element("div", { className: "scroll" }, element("table", { id: "facts" },
      element("thead", {}, element("tr", {}, ...Object.keys(COLUMNS).map(heading))),
      element("tbody", {}, ...shown.map(tableRow)))) : element("p", { className: "empty" }, word("none")),
    fitting.length > shown.length ? element("button", { type: "button", className: "more", on: { click: () => {
      state.limit += 400;
      showView();
    } } }, `${word("more")} (${(fitting.length - shown.length).toLocaleString()})`) : null,
  ];
};
