// The data, what is chosen of it, and how elements are made: text is only ever set as text.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

const state = {
  language: (navigator.language || "ja").startsWith("ja") ? "ja" : "en",
  article: 0,
  tab: "facts",
  hidden: new Set(), // kinds that are filtered out
  entity: "",
  currency: "",
  query: "",
  only: false,
  sort: { column: "position", falling: false },
  limit: 200,
};

const facts = data.articles.flatMap((article, place) =>
  article.facts.map((fact, index) => ({ ...fact, article: place, index })));
const factOf = (article, id) => data.articles[article].facts.find((fact) => fact.id === id);
const placed = (article, id) => facts.find((fact) => fact.article === article && fact.id === id);

const element = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name.includes("-") || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

const subjects = (fact) =>
  [fact.subject, ...(fact.participants ?? [])]
    .filter(Boolean).map((id) => factOf(fact.article, id)).filter(Boolean);

const subjectText = (fact) => subjects(fact).map((each) => each.name ?? each.text).join(" + ");

const fits = (fact) => {
  if (state.hidden.has(fact.kind)) return false;
  if (state.currency && fact.currency !== state.currency) return false;
  if (state.entity && fact.name !== state.entity
    && !subjects(fact).some((each) => each.name === state.entity)) return false;
  if (!state.query) return true;
  const query = state.query.normalize("NFKC").toLowerCase();
  return [fact.text, fact.name, valueOf(fact), subjectText(fact)]
    .some((text) => text && text.normalize("NFKC").toLowerCase().includes(query));
};
