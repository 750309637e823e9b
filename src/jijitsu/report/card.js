// The card of one fact: everything that it says.
let opener = null;

const row = (label, ...content) =>
  content.length && content[0] !== "" ? [element("dt", {}, label), element("dd", {}, ...content)] : [];

const link = (article, id) => {
  const fact = placed(article, id);
  return fact ? element("button", {
    type: "button", className: "link", on: { click: () => goTo(fact) },
  }, fact.name && fact.name !== fact.text ? `${fact.text} (${fact.name})` : fact.text) : id;
};

const links = (fact, field) => {
  const value = fact[field];
  const ids = Array.isArray(value) ? value : value ? [value] : [];
  return ids.length ? [element("span", { className: "links" }, ...ids.map((id) => link(fact.article, id)))] : [];
};

const conversions = (fact) =>
  Object.entries(fact.converted ?? {}).flatMap(([currency, each]) => row(
    word("converted"),
    element("strong", {}, `${interval(each.low, each.high, (end) => short(end, 4))} ${currency}`),
    element("small", {}, `${word("rate")} ${each.rate} · ${each.rate_source} ${each.rate_date}${each.note ? ` · ${each.note}` : ""}`)));

const confidence = (fact) =>
  Object.entries(fact.confidence ?? {}).map(([field, share]) =>
    `${word(field)} ${numbers({ style: "percent" }).format(share)}`).join(" · ");

const claim = ({ articles, mentions, conflicts }) => [
  ...row(word("claim"), `${articles} ${word("claim_articles")} · ${mentions} ${word("claim_mentions")}`),
  ...(conflicts.length ? row(word("conflicts"), conflicts.map(valueOf).join(", ")) : []),
];

const detailsOf = (fact) => {
  const isNumber = "low" in fact;
  const holder = fact.kind === "money" || fact.kind === "parameter_count";
  return [
    ...row(word("value"), element("strong", {}, valueOf(fact))),
    ...(isNumber ? row(word("exact"), `${interval(fact.low, fact.high, grouped)} ${fact.currency ?? ""}`.trim()) : []),
    ...(fact.mod ? row(word("mod"), word(fact.mod)) : []),
    ...(fact.kind === "date" ? row(word("days"), days(fact)) : []),
    ...conversions(fact),
    ...(fact.unconverted ? row(word("unconverted"), fact.unconverted) : []),
    ...(fact.deviation ? row(word("deviation"), `${fact.deviation}%`) : []),
    ...row(word("equivalent_to"), ...links(fact, "equivalent_to")),
    ...(fact.kind === "money" ? row(word("predicate"), fact.predicate ? word(fact.predicate) : UNKNOWN) : []),
    ...(holder ? row(word("subject"), ...(fact.subject ? links(fact, "subject") : [UNKNOWN])) : []),
    ...row(word("participants"), ...links(fact, "participants")),
    ...row(word("when"), ...links(fact, "when")),
    ...(fact.entity_id ? row(word("entity_id"), element("code", {}, fact.entity_id)) : []),
    ...(fact.claim ? claim(fact.claim) : []),
    ...row(word("confidence"), confidence(fact)),
    ...row(word("position"), `${fact.start}–${fact.end}`),
  ];
};

const openCard = (index, mark, moveFocus) => {
  const fact = facts.find((each) => each.article === state.article && each.index === index);
  const card = byId("card");
  opener = mark;
  card.replaceChildren(
    element("header", {},
      element("span", { className: `kind ${fact.kind}` }, word(fact.type ?? fact.kind)),
      element("button", { type: "button", className: "close", "aria-label": word("close"), on: { click: () => closeCard(true) } }, "×")),
    element("h3", { id: "card-title" }, fact.text),
    element("dl", {}, ...detailsOf(fact)));
  card.hidden = false;
  for (const other of document.querySelectorAll(".chosen")) other.classList.remove("chosen");
  mark?.classList.add("chosen");
  document.querySelector(`tr[data-key="${fact.article}-${fact.index}"]`)?.classList.add("chosen");
  if (moveFocus) card.focus();
};

const closeCard = (giveFocusBack) => {
  byId("card").hidden = true;
  for (const other of document.querySelectorAll(".chosen")) other.classList.remove("chosen");
  if (giveFocusBack) opener?.focus({ preventScroll: true });
};
