// The state of a widget in the address of its page, so that a link can show it:
//
//     opening_the_black_box.html#lab?activation=relu&n_bins=100
//
// Behind the # stands the widget's name on its page (the model's "address", which only a page of
// the site gives it), behind the ? what differs from the state in which the page would show it.
// Whatever an address says is read by a kind, which knows the possible values and drops all others.

const finite = (text) => (text.trim() === "" ? NaN : Number(text));

export const numberIn = (low, high) => ({
  read: (text) => {
    const value = finite(text);
    return value >= low && value <= high ? value : undefined;
  },
  write: String,
});

export const wholeIn = (low, high) => ({
  read: (text) => {
    const value = finite(text);
    return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
  },
  write: String,
});

export const oneOf = (options) => ({
  read: (text) => options.find((option) => String(option) === text),
  write: String,
});

export const listOf = (kind, least, most) => ({
  read: (text) => {
    const values = text.split("-").map(kind.read);
    const fits = values.length >= least && values.length <= most;
    return fits && !values.includes(undefined) ? values : undefined;
  },
  write: (values) => values.map(kind.write).join("-"),
});

// What the address says to the widget of this name: URLSearchParams, or null.
function askedOf(name) {
  const [where, query] = location.hash.slice(1).split("?");
  return name && where === name ? new URLSearchParams(query ?? "") : null;
}

function linkTo(name, values) {
  // Signs that mean nothing there stay as they are, for readers of the link.
  const query = new URLSearchParams(values).toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return `${location.href.split("#")[0]}#${name}${query && `?${query}`}`;
}

// Browsers refuse to change the address hundreds of times a minute.
const PATIENCE = 300;

// Keeps the address in step with a widget: read(asked, initial) takes what the address asks for,
// write() -> {key: text} says the state; only what differs from the first answer, initial, is
// written. changed() is for the widget to call whenever its state may have changed; where it has
// not, an address that leads to another place of the page stays as it is.
export function followAddress(name, { read, write }) {
  if (!name) return { changed() {}, link: () => "", close() {} };
  const initial = write();
  const different = () =>
    Object.fromEntries(Object.entries(write()).filter(([key, text]) => text !== initial[key]));
  const state = () => JSON.stringify(write());
  let known = JSON.stringify(initial);
  let timer;
  const onHash = () => {
    const asked = askedOf(name);
    if (!asked) return;
    read(asked, initial);
    known = state();
  };
  const keepUp = () => {
    if (state() === known && !askedOf(name)) return;
    known = state();
    history.replaceState(null, "", linkTo(name, different()));
  };
  window.addEventListener("hashchange", onHash);
  onHash();
  return {
    changed() {
      clearTimeout(timer);
      timer = setTimeout(keepUp, PATIENCE);
    },
    link: () => linkTo(name, different()),
    close() {
      clearTimeout(timer);
      window.removeEventListener("hashchange", onHash);
    },
  };
}

// The same for state that the model holds: kinds by the names of its values.
export function mirrorInAddress(model, kinds) {
  const entries = Object.entries(kinds);
  const mirror = followAddress(model.get("address"), {
    read(asked, initial) {
      for (const [key, kind] of entries) {
        const value = kind.read(asked.get(key) ?? initial[key]);
        if (value !== undefined) model.set(key, value);
      }
      model.save_changes();
    },
    write: () => Object.fromEntries(entries.map(([key, kind]) => [key, kind.write(model.get(key))])),
  });
  for (const [key] of entries) model.on(`change:${key}`, mirror.changed);
  return {
    link: mirror.link,
    close() {
      for (const [key] of entries) model.off(`change:${key}`, mirror.changed);
      mirror.close();
    },
  };
}
