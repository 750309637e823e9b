// Bars of what companies' amounts add up to, and what was rejected.
const PREDICATES = ["investment", "funding", "acquisition", "revenue", "profit", "valuation", "price",
  "contract", "market_size", "cost", "debt", "other"];
const MOST_BARS = 25;
// Predicates that the chart leaves out; at first those whose amounts don't add up to anything.
const unchosen = new Set(["valuation", "price", "market_size"]);

const predicateOf = (total) => total.predicate ?? "unknown";
const tone = (predicate) => `p${PREDICATES.indexOf(predicate) + 1}`;

const legend = (present) => element("div", { className: "legend", role: "group", "aria-label": word("predicate") },
  ...present.map((predicate) => element("button", {
    type: "button", className: "chip", "aria-pressed": String(!unchosen.has(predicate)), data: { predicate },
    on: { click: () => {
      if (!unchosen.delete(predicate)) unchosen.add(predicate);
      showView();
      document.querySelector(`.legend [data-predicate="${predicate}"]`).focus();
    } },
  }, element("span", { className: `dot ${tone(predicate)}` }), word(predicate))));

const byCompany = (rows) => {
  const companies = new Map();
  for (const total of rows) {
    const parts = companies.get(total.company) ?? [];
    parts.push(total);
    companies.set(total.company, parts);
  }
  const sum = (parts) => parts.reduce((all, part) => all + part.dollars, 0);
  return [...companies].map(([company, parts]) => ({ company, parts, sum: sum(parts) }))
    .sort((first, second) => second.sum - first.sum);
};

const bar = (part, widest) => {
  const said = `${word(predicateOf(part))}: $${short(part.dollars, 3)} (${part.amounts})`;
  const made = element("span", { className: `bar ${tone(predicateOf(part))}`, title: said, role: "img", "aria-label": said });
  made.style.width = `${(100 * Math.max(part.dollars, 0)) / widest}%`;
  return made;
};

const totalsView = () => {
  const { rows, left_out: leftOut } = data.totals;
  const note = element("p", { className: "note" }, word("totalsNote"), leftOut ? ` ${word("leftOut")}: ${leftOut}` : "");
  if (!rows.length) return [element("p", { className: "empty" }, word("noTotals")), note];
  const present = [...PREDICATES, "unknown"].filter((each) => rows.some((total) => predicateOf(total) === each));
  const companies = byCompany(rows.filter((total) => !unchosen.has(predicateOf(total)))).slice(0, MOST_BARS);
  const widest = Math.max(...companies.map((company) => company.sum), 1);
  return [
    legend(present),
    element("table", { id: "totals" },
      element("thead", {}, element("tr", {}, ...["company", "predicate", "sum"].map((name) => element("th", { scope: "col", className: name }, word(name))))),
      element("tbody", {}, ...companies.map((company) => element("tr", {},
        element("th", { scope: "row" }, company.company),
        element("td", { className: "bars" }, element("div", {}, ...company.parts.map((part) => bar(part, widest)))),
        element("td", { className: "sum" }, `$${short(company.sum, 3)}`))))),
    note,
  ];
};

const table = (heads, rows) => element("table", { className: "plain" },
  element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
  element("tbody", {}, ...rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, cell))))));

const rejectedView = () => {
  const rows = data.articles.flatMap((article) => (article.rejected ?? []).map((each) => [
    article.title ?? article.id, element("span", { className: `kind ${each.kind}` }, word(each.kind)), each.text,
    each.winner ? `${word(each.reason)}: ${each.winner}` : word(each.reason)]));
  const known = data.articles.some((article) => article.rejected);
  return [
    ...(data.failed.length ? [element("h3", {}, word("failed")), table([word("article"), word("reason")], data.failed.map((each) => [each.source, each.reason]))] : []),
    element("h3", {}, word("rejected")),
    rows.length ? table([word("article"), word("kind"), word("text"), word("reason")], rows)
      : element("p", { className: "empty" }, word(known || !data.articles.length ? "nothingRejected" : "notKnown")),
  ];
};
