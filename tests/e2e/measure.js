// What a page is measured by, in the page itself: each of these runs in the browser, knows nothing but the document, and
// answers with what is wrong, a line each.

/** Targets under something that is no part of them. */
export function coveredTargets() {
  const isSeen = ({ left, top, right, bottom }, it) => {
    for (let box = it; box !== null; box = box.parentElement) {
      const edge = box.getBoundingClientRect();
      if (getComputedStyle(box).overflow !== "visible" && (top < edge.top || bottom > edge.bottom || left < edge.left || right > edge.right)) return false;
    }
    return top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight;
  };
  const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(
    (it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest(".sr-only, .skip-link"),
  );
  return targets.flatMap((it) => {
    const edge = it.getBoundingClientRect();
    if (!isSeen(edge, it)) return [];
    const over = [edge.left + 6, edge.right - 6].map((x) => document.elementFromPoint(x, (edge.top + edge.bottom) / 2));
    // The edge by which a column is sized lies over the end of its head.
    const stranger = over.find((other) => !other.matches("[role=separator]") && !it.contains(other) && !other.contains(it) && !(it.labels && [...it.labels].some((label) => label.contains(other))));
    return stranger ? [`under ${stranger.outerHTML.slice(0, 80)}: ${it.outerHTML.slice(0, 120)}`] : [];
  });
}

/** Targets of less than 24 by 24 px (WCAG 2.5.8, without the exception for spacing). */
export function smallTargets() {
  const LEAST = 24;
  const ROLES = ["button", "checkbox", "combobox", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio"];
  const MORE = ["row[tabindex]", "searchbox", "separator[tabindex]", "slider", "spinbutton", "switch", "tab", "textbox", "treeitem"];
  const roles = [...ROLES, ...MORE].map((role) => role.replace(/^\w+/, "[role=$&]"));
  const TARGETS = ["a[href]", "button", "input", "select", "textarea", "summary", ...roles].join();
  // A link among the words of a sentence is as high as they are, as the rule allows.
  const isInSentence = (it) =>
    it.matches("a, button.link-button") &&
    getComputedStyle(it).display === "inline" &&
    [...it.parentNode.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const isLarge = ({ width, height }) => width > LEAST - 0.1 && height > LEAST - 0.1;
  // What is pressed around the middle of a target, or the middle of its head: its padding, what it draws beside itself, or what
  // stands for it, which is its label, and for a link the row that leads there, too.
  const isHit = (it) => {
    // The rows that a list draws ahead, and takes away when it is scrolled.
    const list = it.closest(".window")?.parentElement.getBoundingClientRect();
    const { top: y } = it.getBoundingClientRect();
    if (list && (y < list.top || y + LEAST > list.bottom)) return true;
    if (!list) it.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, top, width, height } = it.getBoundingClientRect();
    const row = it.matches("a") ? it.closest("[role=row][tabindex], [role=option]") : null;
    const stands = [it, ...(it.labels ?? []), row].filter(Boolean);
    const reach = LEAST / 2 - 0.5;
    const steps = [-reach, 0, reach];
    const isSquare = (middle) =>
      steps.every((x) =>
        steps.every((y) => {
          const hit = document.elementFromPoint(left + width / 2 + x, middle + y);
          return hit !== null && stands.some((other) => other.contains(hit));
        }),
      );
    return isSquare(top + height / 2) || isSquare(top + LEAST / 2);
  };
  const seen = [...document.querySelectorAll(TARGETS)].filter(
    (it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest(".sr-only, .skip-link, svg [aria-hidden]"),
  );
  return seen
    .filter((it) => !isInSentence(it) && !isLarge(it.getBoundingClientRect()) && !isHit(it))
    .map((it) => {
      const { width, height } = it.getBoundingClientRect();
      return `${width.toFixed(1)} × ${height.toFixed(1)}: ${it.outerHTML.slice(0, 160)}`;
    });
}

/**
 * Why the focus cannot be seen: it is outside of the window, or something lies over it (WCAG 2.4.12). Nothing where it can,
 * and `round` where it is back on one of `stops`.
 */
export function hiddenFocus() {
  const it = document.activeElement;
  if (it === document.body) return null;
  if (globalThis.stops.has(it)) return "round";
  globalThis.stops.add(it);
  const { left, top, right, bottom } = it.getBoundingClientRect();
  const inner = { left: Math.max(left, 0), top: Math.max(top, 0), right: Math.min(right, innerWidth), bottom: Math.min(bottom, innerHeight) };
  const told = (why) => `${why}: ${it.outerHTML.slice(0, 160)}`;
  const isOutside = left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5;
  if (isOutside && (right - left <= innerWidth && bottom - top <= innerHeight)) return told(`outside of the window at ${[left, top, right, bottom].map(Math.round)}`);
  const stands = [it, ...(it.labels ?? [])];
  // Corners may be round.
  const within = (from, to) => [from + Math.min(8, (to - from) / 3), (from + to) / 2, to - Math.min(8, (to - from) / 3)];
  for (const x of within(inner.left, inner.right)) {
    for (const y of within(inner.top, inner.bottom)) {
      const over = document.elementFromPoint(x, y);
      if (over === null || !stands.some((other) => other.contains(over))) return told(`under ${over?.outerHTML.slice(0, 80)}`);
    }
  }
  return null;
}

/** Texts that a box cuts off without a way to read the rest, and boxes that scroll sideways where they need not. */
export function cutTexts() {
  // What is wide by its nature may scroll: code, a picture, a matrix (WCAG 1.4.10).
  const WIDE = "pre, code, .http, .picture-stage, .matrix, input, textarea";
  const problems = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) problems.push(`the page is ${root.scrollWidth} wide of ${innerWidth}`);
  for (const box of document.querySelectorAll("body *")) {
    if (box.scrollWidth <= box.clientWidth + 1 || box.closest(WIDE) || !box.checkVisibility()) continue;
    if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) {
      problems.push(`scrolls sideways, ${box.scrollWidth} of ${box.clientWidth}: ${box.outerHTML.slice(0, 120)}`);
    }
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest(`.sr-only, .skip-link, svg, script, ${WIDE}`)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, top, right, bottom, width } = range.getBoundingClientRect();
    // What only readers are told.
    if (width <= 1) continue;
    let [canX, canY] = [false, false];
    for (let box = parent; box !== null; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.clipPath !== "none") break;
      const edge = box === document.documentElement ? { left: 0, top: 0, right: innerWidth, bottom: innerHeight } : box.getBoundingClientRect();
      const isCut = [
        !canX && style.overflowX !== "visible" && (left < edge.left - 1 || right > edge.right + 1),
        !canY && style.overflowY !== "visible" && (top < edge.top - 1 || bottom > edge.bottom + 1),
      ];
      const scrolls = [style.overflowX, style.overflowY].map((it) => it === "auto" || it === "scroll");
      if ((isCut[0] && !scrolls[0]) || (isCut[1] && !scrolls[1])) {
        // The rest is to be had where a name tells it whole.
        const isShort = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
        const isTold = isShort && parent.closest("[title], [aria-label]");
        if (!isTold) problems.push(`cut ${isCut[0] ? "at the side" : "below"}: ${text.data.trim().slice(0, 60)} in ${box.outerHTML.slice(0, 100)}`);
        break;
      }
      canX ||= scrolls[0];
      canY ||= scrolls[1];
    }
  }
  return problems;
}

/** Where what can be seen stands from the edge at which lines begin: `name: distance, width`, to compare both directions. */
export function places() {
  const isRtl = document.documentElement.dir === "rtl";
  const places = [];
  for (const it of document.querySelectorAll("body *")) {
    // What is left to right by its nature keeps its inside; so does a picture.
    if (!it.checkVisibility() || it.closest("svg, .sr-only, .skip-link, pre, code, .mono, [dir], .query")) continue;
    const { left, right, width } = it.getBoundingClientRect();
    places.push({ start: Math.round(isRtl ? innerWidth - right : left), width: Math.round(width), name: it.outerHTML.slice(0, 140) });
  }
  return places;
}

/** Arrows that point along the line and do not turn with it. */
export function unturnedArrows() {
  const ALONG = ["#i-chevron-right", "#i-arrow-left", "#i-arrow-right"];
  const arrows = [...document.querySelectorAll(".app svg")].filter((it) => ALONG.includes(it.querySelector("use")?.getAttribute("href")));
  return arrows.filter((it) => !getComputedStyle(it).scale.startsWith("-1")).map((it) => it.parentElement.outerHTML.slice(0, 160));
}

/** What takes time to move. */
export function motions() {
  const isSlow = (durations) => durations.split(",").some((it) => parseFloat(it) > 0);
  const slow = (it, part) => {
    const style = getComputedStyle(it, part);
    const isAnimated = style.animationName !== "none" && isSlow(style.animationDuration);
    return isAnimated || isSlow(style.transitionDuration) || style.scrollBehavior === "smooth";
  };
  const all = [document.documentElement, ...document.querySelectorAll("body, body *")];
  return all.filter((it) => [null, "::before", "::after"].some((part) => slow(it, part))).map((it) => it.outerHTML.slice(0, 120));
}
