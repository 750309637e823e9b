// Values as people read them.  Numbers arrive as exact decimal strings; only the short forms round.
const SIGNS = { APPROX: "≈", EQUAL_OR_MORE: "≥", MORE_THAN: ">", EQUAL_OR_LESS: "≤", LESS_THAN: "<" };
const UNITS = { Y: "year", M: "month", W: "week", D: "day" };
const CLOCK = { H: "hour", M: "minute", S: "second" };
const UNKNOWN = "–";

const FORMATS = new Map(); // making one takes longer than using it

const numbers = (options) => {
  const key = JSON.stringify([state.language, options]);
  if (!FORMATS.has(key)) FORMATS.set(key, new Intl.NumberFormat(state.language, options));
  return FORMATS.get(key);
};

const short = (number, digits = 6) =>
  numbers({ notation: "compact", maximumSignificantDigits: digits }).format(number);

const grouped = (decimal) => {
  const [whole, rest] = decimal.split(".");
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest ? `${digits}.${rest}` : digits;
};

const interval = (low, high, write) => {
  const ends = low === high ? [low] : [low, high];
  return ends.filter((end) => end !== null && end !== undefined).map((end) => write(end)).join("–");
};

const number = (fact, write = short) =>
  (SIGNS[fact.mod] ?? "") + interval(fact.low, fact.high, write);

const day = (iso) =>
  new Intl.DateTimeFormat(state.language, { dateStyle: "long", timeZone: "UTC" })
    .format(new Date(`${iso}T00:00:00Z`));

const days = (fact) =>
  fact.from === fact.to ? day(fact.from) : `${day(fact.from)} – ${day(fact.to)}`;

const length = (value) => {
  const [calendar, clock = ""] = value.slice(1).split("T");
  const parts = (part, units) =>
    [...part.matchAll(/([0-9.]+)([YMWDHS])/g)].map(([, amount, unit]) =>
      numbers({ style: "unit", unit: units[unit], unitDisplay: "long" }).format(amount));
  return [...parts(calendar, UNITS), ...parts(clock, CLOCK)].join(" ");
};

const dateValue = (fact) => {
  const part = ["START", "MID", "END"].includes(fact.mod) ? ` (${word(fact.mod)})` : "";
  return (SIGNS[fact.mod] ?? "") + fact.value + part;
};

const VALUES = {
  money: (fact) => `${number(fact)} ${fact.currency}`,
  parameter_count: (fact) => `${number(fact)} (${word(fact.role)})`,
  date: dateValue,
  duration: (fact) => (SIGNS[fact.mod] ?? "") + fact.value.split("/").map(length).join("–"),
  percent: (fact) => `${number(fact, (end) => end)}%`,
  quantity: (fact) => `${number(fact)} ${fact.unit ?? ""}`.trim(),
  entity: (fact) => `${fact.name} · ${word(fact.type)}`,
};

const valueOf = (fact) => VALUES[fact.kind](fact);

// The amount in US dollars that tables show and sort by: [low, high], null where there is none.
const dollars = (fact) => {
  if (fact.kind !== "money") return null;
  const amount = fact.currency === "USD" ? fact : fact.converted?.USD;
  return amount ? [amount.low, amount.high] : null;
};

const dollarsText = (fact) => {
  const ends = dollars(fact);
  return ends ? `$${interval(...ends, (end) => short(end, 3))}` : UNKNOWN;
};
