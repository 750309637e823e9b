// The article's text with its facts highlighted.  One highlight is in the order of tabs; arrows
// move from it to the others.
const markOf = (index) => byId("text").querySelector(`[data-fact="${index}"]`);

const showArticle = () => {
  const article = data.articles[state.article];
  byId("choice").hidden = data.articles.length < 2;
  byId("articles").value = String(state.article);
  byId("previous").disabled = state.article === 0;
  byId("next").disabled = state.article === data.articles.length - 1;
  byId("heading").replaceChildren(...(article ? [
    element("h2", {}, article.title ?? article.id),
    element("p", {}, article.published ? `${word("published")} ${day(article.published)}` : word("noDate"),
      element("span", { className: "source" }, article.source)),
  ] : []));
  const nodes = article?.nodes;
  byId("text").replaceChildren(...(nodes ? nodes.map(textNode) : [element("p", { className: "empty" }, word("noText"))]));
  byId("text").classList.toggle("missing", !nodes);
  const first = byId("text").querySelector("mark");
  if (first) first.tabIndex = 0;
  dimMarks();
};

const textNode = (node) => {
  if (typeof node === "string") return document.createTextNode(node);
  if ("m" in node) return element("span", { className: "markup" }, node.m);
  const fact = data.articles[state.article].facts[node.f];
  return element("mark", {
    tabIndex: -1, role: "button", className: fact.kind, title: word(fact.type ?? fact.kind),
    "aria-haspopup": "dialog", data: { fact: node.f },
  }, ...node.c.map(textNode));
};

const dimMarks = () => {
  const shown = new Set(facts.filter((fact) => fact.article === state.article && fits(fact)).map((fact) => fact.index));
  for (const mark of byId("text").querySelectorAll("mark"))
    mark.classList.toggle("off", !shown.has(Number(mark.dataset.fact)));
};

const focusMark = (mark) => {
  for (const other of byId("text").querySelectorAll('mark[tabindex="0"]')) other.tabIndex = -1;
  mark.tabIndex = 0;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
};

const step = (mark, by) => {
  const marks = [...byId("text").querySelectorAll("mark:not(.off)")];
  const target = marks[marks.indexOf(mark) + by];
  if (!target) return;
  focusMark(target);
  if (!byId("card").hidden) openCard(Number(target.dataset.fact), target, false);
};

const goTo = (fact) => {
  if (state.article !== fact.article) {
    state.article = fact.article;
    showArticle();
  }
  const mark = markOf(fact.index);
  if (mark) focusMark(mark);
  openCard(fact.index, mark, false);
};

const listenToArticle = () => {
  const text = byId("text");
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark) {
      focusMark(mark);
      openCard(Number(mark.dataset.fact), mark, false);
    }
  });
  text.addEventListener("keydown", (event) => {
    const mark = event.target.closest("mark");
    if (!mark) return;
    const moves = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.key in moves) step(mark, moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") openCard(Number(mark.dataset.fact), mark, true);
    else return;
    event.preventDefault();
  });
  const choose = (place) => {
    state.article = place;
    closeCard(false);
    showArticle();
    showView();
  };
  byId("previous").addEventListener("click", () => choose(state.article - 1));
  byId("next").addEventListener("click", () => choose(state.article + 1));
  byId("articles").addEventListener("change", (event) => choose(Number(event.target.value)));
};
